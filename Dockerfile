# docker build -t yuqiao .    then    echo 你好。 | docker run -i yuqiao translate
FROM maven:3.9-eclipse-temurin-17 AS build
COPY . /src
RUN cd /src && mvn -B -q -Pdist package -Dmaven.test.skip=true && mv target/yuqiao-*/yuqiao-* /opt/yuqiao

FROM eclipse-temurin:17-jre
# Labels of pictures are Chinese.
RUN apt-get update && apt-get install -y --no-install-recommends fontconfig fonts-noto-cjk && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/yuqiao /opt/yuqiao
# The class archive is made once, here, instead of at each first start.
RUN echo 你好。 | /opt/yuqiao/yuqiao translate
WORKDIR /work
ENTRYPOINT ["/opt/yuqiao/yuqiao"]
