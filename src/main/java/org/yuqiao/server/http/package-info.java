/**
 * Requests and answers as the API's classes see them: JSON bodies and query parameters read
 * strictly, errors as RFC 9457 problems. Read {@link org.yuqiao.server.http.Problem} first.
 */
package org.yuqiao.server.http;
