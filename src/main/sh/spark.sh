# Sourced by the launcher of a clone for --engine spark: builds spark/ when needed; sets options and class path.
spark="$home/spark"
sparkjar="$spark/target/yuqiao-spark.jar"
if [ ! -f "$sparkjar" ] || [ ! -f "$spark/target/provided.classpath" ] || [ "$jar" -nt "$sparkjar" ] || \
   [ -n "$(find "$spark/src/main" "$spark/pom.xml" -newer "$sparkjar" -print -quit)" ]; then
  built "building spark/ (once)" mvn -B -q org.apache.maven.plugins:maven-install-plugin:3.1.4:install-file \
    -Dfile="$jar" -DpomFile="$home/pom.xml" ${YUQIAO_MAVEN_OPTS:-}
  built "fetching Spark (once)" mvn -B -q -f "$spark/pom.xml" package -Dmaven.test.skip=true ${YUQIAO_MAVEN_OPTS:-}
  # A folder like an installed Spark, of Maven's jars: local-cluster asks for one, and master and workers start from it.
  rm -rf "$spark/target/home"
  mkdir -p "$spark/target/home/jars" "$spark/target/home/conf"
  (
    IFS=:
    # Two words: a colon between them would not separate the last file from the first.
    for file in $(cat "$spark/target/provided.classpath") $(cat "$spark/target/shipped.classpath"); do
      ln -sf "$file" "$spark/target/home/jars/"
    done
  )
  cp "$spark/src/main/conf/logback.xml" "$spark/target/home/conf/"
  touch "$sparkjar"
fi

# Executors get these jars and have Spark's own.
shipped="$sparkjar:$jar:$(cat "$spark/target/shipped.classpath")"
if [ -n "${SPARK_HOME:-}" ]; then
  provided="$SPARK_HOME/jars/*"
else
  # Without an installed Spark, its jars come from Maven.
  provided=$(cat "$spark/target/provided.classpath")
  export SPARK_HOME="$spark/target/home" SPARK_SCALA_VERSION=2.13
fi
classes="$shipped:$provided${HADOOP_CONF_DIR:+:$HADOOP_CONF_DIR}"
archive=
options+=(-Dyuqiao.shipped="$shipped")
# What Spark's own launcher opens.
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent \
  java.util.concurrent.atomic sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar; do
  options+=(--add-opens "java.base/$package=ALL-UNNAMED")
done
