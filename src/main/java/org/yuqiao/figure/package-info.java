/** What a model is made of and what it does, as pictures and in a few lines of Java. */
package org.yuqiao.figure;
