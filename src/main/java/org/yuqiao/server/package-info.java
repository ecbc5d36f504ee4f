/**
 * The explorer, a local web server behind {@code yuqiao serve}: a page that translates and shows
 * why, and the API that the page calls. Only the public library comes in here.
 *
 * <p>Rooms below it: {@code api} (resources), {@code work} (models and what waits for them), {@code
 * page} (files of the page), {@code http} (requests, problems). Read {@link
 * org.yuqiao.server.ExplorerServer} first.
 */
package org.yuqiao.server;
