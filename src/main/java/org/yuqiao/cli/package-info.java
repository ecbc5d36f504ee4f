/**
 * The command line: {@link org.yuqiao.cli.Main} registers all commands, one subpackage per family.
 *
 * <p>Commands parse options, call one class of a lower package and print its result; no other
 * package imports them. Read {@code Main} first, then {@code translate.TranslateCommand}.
 */
package org.yuqiao.cli;
