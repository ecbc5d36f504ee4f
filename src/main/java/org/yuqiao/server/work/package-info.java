/**
 * The models that are served, each with one thread and a bounded queue of requests. Read {@link
 * org.yuqiao.server.work.ServedModel} first. HTTP beyond {@code Problem} doesn't belong here.
 */
package org.yuqiao.server.work;
