/**
 * The files of the page and of its libraries, listed once from the class path: no path of a request
 * reaches the file system. Read {@link org.yuqiao.server.page.PageFiles} first.
 */
package org.yuqiao.server.page;
