package dev.heph.sync.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.sync.wire.Exchange;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class NewsLinesTest {
    private final List<Long> numbers = new ArrayList<>();
    private final NewsLines news = new NewsLines(HubAddress.of("http://127.0.0.1:1", false), Duration.ofSeconds(10), () -> {}, numbers::add);
    private final BodySubscriber<Void> connection = news.apply(new Answer());

    @Test
    void numbersMayBeCutAnywhere() {
        open();
        comes("12");
        comes("34\n\n5");
        comes("6\n");
        connection.onComplete();
        news.read();
        assertThat(numbers).containsExactly(1_234L, 56L);
    }

    @Test
    void aFloodThatNobodyCanReadIsNotKept() {
        open();
        for (int i = 0; i < 1_000_000; i++) {
            comes("1\n");
        }
        assertThatThrownBy(news::read).isInstanceOf(HubTrouble.class).hasMessageContaining("more news than can be");
        news.ended();
    }

    private void open() {
        connection.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        });
    }

    private void comes(String text) {
        connection.onNext(List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    private record Answer() implements ResponseInfo {
        @Override
        public int statusCode() {
            return 200;
        }

        @Override
        public HttpHeaders headers() {
            return HttpHeaders.of(Map.of("Content-Type", List.of(Exchange.LINES)), (name, value) -> true);
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }
}
