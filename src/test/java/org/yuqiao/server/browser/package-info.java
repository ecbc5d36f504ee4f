/**
 * Tests of the explorer's page in a headless Chromium, a class for each view. {@link
 * org.yuqiao.server.browser.BrowserTest} marks a class of such tests; {@link
 * org.yuqiao.server.browser.Browser} is what they see and type with. Where no Chromium is installed
 * they are skipped.
 */
package org.yuqiao.server.browser;
