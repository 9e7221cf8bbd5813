package dev.mcpreel.proxy.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class PublicUrlTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    https://mcp.example       | https://mcp.example
                    https://mcp.example/      | https://mcp.example
                    HTTPS://MCP.Example:443/  | https://mcp.example
                    https://mcp.example:80    | https://mcp.example:80
                    http://mcp.example:80     | http://mcp.example
                    http://127.0.0.1:8080     | http://127.0.0.1:8080
                    http://[::1]:8080/        | http://[::1]:8080
                    https://[2001:DB8::1]     | https://[2001:db8::1]
                    http://mcp_proxy:8080     | http://mcp_proxy:8080
                    https://xn--bcher-kva.example | https://xn--bcher-kva.example
                    """)
    void origin_isNormal(String text, String origin) {
        assertThat(PublicUrl.of(text).origin()).isEqualTo(origin);
        assertThat(PublicUrl.of(origin)).isEqualTo(PublicUrl.of(text)).hasToString(origin);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mcp.example                | the scheme must be http or https; write https://HOST
                    ftp://mcp.example          | the scheme must be http or https; write https://HOST
                    //mcp.example              | the scheme must be http or https; write https://HOST
                    https://                   | the host is missing; write https://HOST
                    https:///mcp               | the host is missing; write https://HOST
                    https://:443               | the host is missing
                    https://u:p@mcp.example/   | user information does not belong here; write https://mcp.example
                    https://mcp.example/mcp    | a path does not belong here, every path is relayed as it is; write https://mcp.example
                    https://mcp.example//      | a path does not belong here
                    https://mcp.example\\x     | a host has ASCII letters
                    https://mcp.example?x=/y   | a query or fragment does not belong here; write https://mcp.example
                    https://mcp.example/?x     | a query or fragment does not belong here; write https://mcp.example
                    https://mcp.example#x      | a query or fragment does not belong here; write https://mcp.example
                    https://mcp.example:0      | port 0 cannot be connected to
                    https://mcp.example:65536  | the port is a number from 0 to 65535
                    https://mcp.example:       | the port is a number
                    https://::1                | an IPv6 address is written in brackets
                    https://[::1               | the bracket of the IPv6 address is not closed
                    https://[::x]              | not an IPv6 address
                    https://[fe80::1%eth0]     | not an IPv6 address
                    https://mcp".example       | a host has ASCII letters
                    https://mcp example        | a host has ASCII letters
                    https://bücher.example     | write a name with others in its xn-- form
                    """)
    void wrongUrl_isNamedWithTheCure(String text, String message) {
        assertThatThrownBy(() -> PublicUrl.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
