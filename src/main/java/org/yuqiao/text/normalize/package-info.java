/**
 * Making text uniform before it is cut into tokens; the same steps for training text and for what a
 * user types.
 */
package org.yuqiao.text.normalize;
