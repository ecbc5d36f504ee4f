/**
 * The API below {@code /api/v1}: one class for each resource, which reads a request, gives its work
 * to {@code server.work} and answers with JSON. Read {@link org.yuqiao.server.api.ApiRoutes} first.
 */
package org.yuqiao.server.api;
