using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Efento.Portal.Tests.Notifications.Channels.Http;

/// <summary>What all channels over HTTP have in common, seen through a webhook.</summary>
public sealed class OutgoingHttpTests
{
    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    public async Task Send_ToThisMachine_IsNotDoneUnlessTheChannelMay(string url)
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();
        var channel = Hook(receiver) with { Url = string.Format(null, url, receiver.Address.Port), AllowPrivateNetworks = false };

        var result = await senders.SendAsync(channel, SomeMessage.Raised());

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.Contains("this channel may not use private networks", result.Answer);
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task Send_ToThisMachineAsTheChannelMay_IsAccepted()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(Hook(receiver), SomeMessage.Raised());

        Assert.Equal((SendOutcome.Accepted, "204 No Content"), (result.Outcome, result.Answer));
        Assert.Contains($"* Connected to 127.0.0.1:{receiver.Address.Port}", result.Conversation);
    }

    [Fact]
    public async Task Send_ToNameThatTurnsPrivate_AsksForTheNameOnce()
    {
        var names = new FixedNames(["127.0.0.1"], ["8.8.8.8"]);
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest(names: names);
        var channel = Hook(receiver) with { Url = $"http://hook.site.example:{receiver.Address.Port}/" };

        var result = await senders.SendAsync(channel, SomeMessage.Raised());

        Assert.Equal((SendOutcome.Accepted, 1), (result.Outcome, names.Asked));
    }

    /// <summary>Whether the channel may use private networks is asked anew for each request, whatever connections others opened.</summary>
    [Fact]
    public async Task Send_AfterAChannelThatMay_IsStillNotDone()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();

        var first = await senders.SendAsync(Hook(receiver), SomeMessage.Raised());
        var second = await senders.SendAsync(Hook(receiver) with { AllowPrivateNetworks = false }, SomeMessage.Raised());

        Assert.Equal((SendOutcome.Accepted, SendOutcome.TryAgain), (first.Outcome, second.Outcome));
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task Send_ToNameWithPrivateAddressesAlone_SaysSo()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest(names: new FixedNames(["127.0.0.1", "10.0.0.1"]));
        var channel = Hook(receiver) with { Url = $"http://hook.site.example:{receiver.Address.Port}/", AllowPrivateNetworks = false };

        var result = await senders.SendAsync(channel, SomeMessage.Raised());

        Assert.Contains("hook.site.example is 127.0.0.1, 10.0.0.1, and this channel may not use private networks.", result.Answer);
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task Send_ToHostWhoseFirstAddressIsDown_TakesTheNext()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest(names: new FixedNames(["127.0.0.2", "127.0.0.1"]));
        var channel = Hook(receiver) with { Url = $"http://hook.site.example:{receiver.Address.Port}/" };

        var result = await senders.SendAsync(channel, SomeMessage.Raised());

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.Contains($"* 127.0.0.2:{receiver.Address.Port}: Connection refused", result.Conversation);
    }

    [Fact]
    public async Task Send_WhileNamesAreNotFound_IsTriedAgain()
    {
        using var senders = new SendersUnderTest(names: new FixedNames());
        var channel = new ChannelSettings { Key = "hook", Kind = ChannelKind.Webhook, Url = "https://hook.site.example/" };

        var result = await senders.SendAsync(channel, SomeMessage.Raised());

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.Contains("hook.site.example", result.Answer);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Send_Redirected_GoesNowhereElse(int status)
    {
        await using var elsewhere = await HttpReceiver.StartAsync();
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = elsewhere.Address.AbsoluteUri;
            return Task.CompletedTask;
        };
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(Hook(receiver), SomeMessage.Raised());

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.StartsWith($"{status} ", result.Answer);
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData(200, SendOutcome.Accepted)]
    [InlineData(202, SendOutcome.Accepted)]
    [InlineData(400, SendOutcome.Refused)]
    [InlineData(401, SendOutcome.TryAgain)]
    [InlineData(403, SendOutcome.TryAgain)]
    [InlineData(404, SendOutcome.TryAgain)]
    [InlineData(408, SendOutcome.TryAgain)]
    [InlineData(410, SendOutcome.Refused)]
    [InlineData(422, SendOutcome.Refused)]
    [InlineData(425, SendOutcome.TryAgain)]
    [InlineData(429, SendOutcome.TryAgain)]
    [InlineData(500, SendOutcome.TryAgain)]
    [InlineData(503, SendOutcome.TryAgain)]
    public async Task Send_AnsweredWith_ComesTo(int status, SendOutcome expected)
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.AnswerWith(status, "said the server\nin two lines");
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(Hook(receiver), SomeMessage.Raised());

        Assert.Equal(expected, result.Outcome);
        Assert.Matches($"^{status}[A-Za-z ]*: said the server in two lines$", result.Answer);
        Assert.Contains("< in two lines", result.Conversation);
    }

    [Theory]
    [InlineData(429, "120", 120)]
    [InlineData(503, "{0:r}", 600)]
    [InlineData(404, "60", 60)]
    [InlineData(503, "Wed, 17 Jun 2020 09:24:05 GMT", null)]
    [InlineData(503, "soon", null)]
    [InlineData(200, "120", null)]
    [InlineData(422, "120", null)]
    public async Task Send_AskedToWait_SaysHowLong(int status, string header, int? seconds)
    {
        using var senders = new SendersUnderTest();
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer = context =>
        {
            context.Response.StatusCode = status;
            var later = senders.Time.GetUtcNow().AddSeconds(600);
            context.Response.Headers.RetryAfter = string.Format(CultureInfo.InvariantCulture, header, later);
            return Task.CompletedTask;
        };

        var result = await senders.SendAsync(Hook(receiver), SomeMessage.Raised());

        Assert.Equal(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null, result.RetryAfter);
    }

    [Fact]
    public async Task Send_EndlessAnswer_IsReadToAFewKilobytes()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer = async context =>
        {
            var line = new byte[1024];
            Array.Fill(line, (byte)'a');
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(line, context.RequestAborted);
            }
        };
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(Hook(receiver), SomeMessage.Raised());

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.InRange(result.Answer.Length, 100, Conversation.MaxLength);
    }

    /// <summary>The status is the answer: whoever sends it again tells the receiver twice.</summary>
    [Fact]
    public async Task Send_AnswerThatBreaksOff_CountsAsItsStatus()
    {
        using var server = new SilentServer();
        using var senders = new SendersUnderTest();

        var sending = senders.SendAsync(Hook(server.Port), SomeMessage.Raised());
        using var connection = await server.AcceptAsync();
        await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"u8.ToArray(), TestContext.Current.CancellationToken);
        connection.Shutdown(SocketShutdown.Send);

        var result = await sending;
        Assert.Equal((SendOutcome.Accepted, "200 OK: half"), (result.Outcome, result.Answer));
    }

    /// <summary>A server that has answered and never ends its body holds nobody up for long.</summary>
    [Fact]
    public async Task Send_AnswerThatNeverEnds_CountsAsItsStatus()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        var flushed = new TaskCompletionSource();
        receiver.Answer = async context =>
        {
            await context.Response.WriteAsync("half", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            flushed.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        using var senders = new SendersUnderTest();

        var sending = senders.SendAsync(Hook(receiver), SomeMessage.Raised());
        await flushed.Task;
        await Until.TrueAsync(() =>
        {
            senders.Time.Advance(TimeSpan.FromMilliseconds(100));
            return sending.IsCompleted;
        });

        Assert.Equal(SendOutcome.Accepted, (await sending).Outcome);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("[::]")]
    public async Task Send_ToAnyAddress_GoesNowhere(string host)
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();
        var channel = Hook(receiver) with { Url = $"http://{host}:{receiver.Address.Port}/", AllowPrivateNetworks = false };

        Assert.Equal(SendOutcome.TryAgain, (await senders.SendAsync(channel, SomeMessage.Raised())).Outcome);
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task Send_ToServerThatSaysNothing_IsGivenUpAfterItsTime()
    {
        using var server = new SilentServer();
        using var senders = new SendersUnderTest();

        var sending = senders.SendAsync(Hook(server.Port), SomeMessage.Raised());
        using var connection = await server.AcceptAsync();
        senders.Time.Advance(TimeSpan.FromSeconds(30));

        var result = await sending;
        Assert.Equal((SendOutcome.TryAgain, "No answer within 30 s."), (result.Outcome, result.Answer));
    }

    [Fact]
    public async Task Send_Cancelled_ThrowsThatAlone()
    {
        using var server = new SilentServer();
        using var senders = new SendersUnderTest();
        using var stop = new CancellationTokenSource();

        var sending = senders.SendAsync(Hook(server.Port), SomeMessage.Raised(), stop.Token);
        using var connection = await server.AcceptAsync();
        await stop.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Equal(stop.Token, thrown.CancellationToken);
    }

    [Fact]
    public async Task Send_WhereNobodyListens_IsTriedAgain()
    {
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(Hook(SilentServer.PortOfNobody()), SomeMessage.Raised());

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.StartsWith("Connection refused", result.Answer);
    }

    [Fact]
    public async Task Send_OverTls_IsAccepted()
    {
        using var certificates = TestCertificates.ForThisMachine();
        await using var receiver = await HttpReceiver.StartAsync(certificates.Server);
        using var senders = new SendersUnderTest(certificates.Root);

        Assert.Equal(SendOutcome.Accepted, (await senders.SendAsync(Hook(receiver), SomeMessage.Raised())).Outcome);
    }

    [Fact]
    public async Task Send_ToCertificateOfAnotherName_IsTriedAgain()
    {
        using var certificates = TestCertificates.ForAnotherName();
        await using var receiver = await HttpReceiver.StartAsync(certificates.Server);
        using var senders = new SendersUnderTest(certificates.Root);

        var result = await senders.SendAsync(Hook(receiver), SomeMessage.Raised());

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.Contains("RemoteCertificateNameMismatch", result.Answer);
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task Send_ToCertificateOfUnknownRoot_IsTriedAgain()
    {
        using var certificates = TestCertificates.ForThisMachine();
        using var others = TestCertificates.ForThisMachine();
        await using var receiver = await HttpReceiver.StartAsync(certificates.Server);
        using var senders = new SendersUnderTest(others.Root);

        var result = await senders.SendAsync(Hook(receiver), SomeMessage.Raised());

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.Contains("certificate", result.Answer);
        Assert.Empty(receiver.Requests);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("hook.site.example")]
    [InlineData("/hook")]
    [InlineData("ftp://hook.site.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:pass@hook.site.example/")]
    public async Task Send_ToWhatIsNoAddress_IsTriedAgain(string? url)
    {
        using var senders = new SendersUnderTest();
        var channel = new ChannelSettings { Key = "hook", Kind = ChannelKind.Webhook, Url = url, AllowPrivateNetworks = true };

        var result = await senders.SendAsync(channel, SomeMessage.Raised());

        Assert.Equal((SendOutcome.TryAgain, "The channel's URL is not an address of HTTP."), (result.Outcome, result.Answer));
    }

    [Fact]
    public async Task Send_OwnHeaders_AreSentInOneLineAndNotShown()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.AnswerWith(StatusCodes.Status200OK, "your key is s3cret-key");
        using var senders = new SendersUnderTest();
        var channel = Hook(receiver) with
        {
            Headers = new Dictionary<string, string>
            {
                ["X-Key"] = "s3cret-key",
                ["X-Lines"] = "first\r\nX-Evil: yes",
                ["Host"] = "evil.example",
                ["Webhook-Id"] = "forged",
                ["Not a name"] = "value",
            },
        };

        var result = await senders.SendAsync(channel, SomeMessage.Raised());

        var headers = Assert.Single(receiver.Requests).Headers;
        Assert.Equal(("s3cret-key", "first X-Evil: yes"), (headers["X-Key"].ToString(), headers["X-Lines"].ToString()));
        Assert.Equal(("delivery-17", receiver.Address.Authority), (headers["webhook-id"].ToString(), headers.Host.ToString()));
        Assert.DoesNotContain("X-Evil", headers.Keys);
        Assert.Contains("> X-Key: ***", result.Conversation);
        Assert.Equal("200 OK: your key is ***", result.Answer);
        Assert.DoesNotContain(result.Conversation, line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_MoreThanTenOwnHeaders_SendsTen()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();
        var headers = Enumerable.Range(0, 12).ToDictionary(number => $"X-Own-{number}", number => $"value {number}");

        await senders.SendAsync(Hook(receiver) with { Headers = headers }, SomeMessage.Raised());

        Assert.Equal(
            ChannelSettings.MaxHeaders,
            Assert.Single(receiver.Requests).Headers.Keys.Count(name => name.StartsWith("X-Own-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Send_ServerThatSetsCookies_GetsNoneBack()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer = context =>
        {
            context.Response.Headers.SetCookie = "track=1; path=/";
            return Task.CompletedTask;
        };
        using var senders = new SendersUnderTest();

        await senders.SendAsync(Hook(receiver), SomeMessage.Raised());
        await senders.SendAsync(Hook(receiver), SomeMessage.Raised());

        Assert.Equal(2, receiver.Requests.Count);
        Assert.All(receiver.Requests, request => Assert.DoesNotContain("Cookie", request.Headers.Keys));
    }

    internal static ChannelSettings Hook(HttpReceiver receiver) => Hook(receiver.Address.Port) with
    {
        Url = new Uri(receiver.Address, "/hook").AbsoluteUri,
    };

    private static ChannelSettings Hook(int port) => new()
    {
        Key = "hook",
        Kind = ChannelKind.Webhook,
        Url = $"http://{IPAddress.Loopback}:{port}/",
        AllowPrivateNetworks = true,
    };
}
