using System.Net.Sockets;
using System.Text;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Notifications.Channels.Email;

/// <summary>Servers that are not there, say nothing or break off.</summary>
public sealed class EmailTroubleTests
{
    private const string Anna = "anna@site.example";

    [Fact]
    public async Task Send_WhereNobodyListens_IsTriedAgain()
    {
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(SilentServer.PortOfNobody()), SomeMessage.Raised(Anna));

        Assert.Equal((SendOutcome.TryAgain, "Connection refused"), (result.Outcome, result.Answer));
        Assert.Equal("* Connection refused", result.Conversation[^1]);
    }

    [Fact]
    public async Task Send_ToAnUnknownName_IsTriedAgain()
    {
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(25) with { Host = "mail.invalid" }, SomeMessage.Raised(Anna));

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.NotEmpty(result.Answer);
    }

    [Fact]
    public async Task Send_ToServerThatSaysNothing_IsGivenUpAfterItsTime()
    {
        using var server = new SilentServer();
        using var senders = new SendersUnderTest();

        var sending = senders.SendAsync(To(server.Port), SomeMessage.Raised(Anna));
        using var connection = await server.AcceptAsync();
        senders.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(sending.IsCompleted);
        senders.Time.Advance(TimeSpan.FromSeconds(1));

        var result = await sending;
        Assert.Equal((SendOutcome.TryAgain, "No answer within 30 s."), (result.Outcome, result.Answer));
    }

    [Fact]
    public async Task Send_Cancelled_ThrowsThatAlone()
    {
        using var server = new SilentServer();
        using var senders = new SendersUnderTest();
        using var stop = new CancellationTokenSource();

        var sending = senders.SendAsync(To(server.Port), SomeMessage.Raised(Anna), stop.Token);
        using var connection = await server.AcceptAsync();
        await stop.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Equal(stop.Token, thrown.CancellationToken);
    }

    [Fact]
    public async Task Send_ToServerThatTalksNonsense_IsTriedAgain()
    {
        using var server = new SilentServer();
        using var senders = new SendersUnderTest();

        var sending = senders.SendAsync(To(server.Port), SomeMessage.Raised(Anna));
        using var connection = await server.AcceptAsync();
        await SayAsync(connection, "HTTP/1.1 400 Bad Request\r\n\r\n");

        Assert.Equal(SendOutcome.TryAgain, (await sending).Outcome);
    }

    /// <summary>It speaks, so that a limit for silence would never end it.</summary>
    [Fact]
    public async Task Send_ToServerThatSaysAByteASecond_IsGivenUpAfterItsTime()
    {
        using var server = new SilentServer();
        using var senders = new SendersUnderTest();

        var sending = senders.SendAsync(To(server.Port), SomeMessage.Raised(Anna));
        using var connection = await server.AcceptAsync();
        foreach (var letter in "220-mail.site.example at your service")
        {
            if (!sending.IsCompleted)
            {
                await SayAsync(connection, $"{letter}");
                senders.Time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        var result = await sending.WaitAsync(Until.Patience, TestContext.Current.CancellationToken);
        Assert.Equal((SendOutcome.TryAgain, "No answer within 30 s."), (result.Outcome, result.Answer));
    }

    /// <summary>Whether a message is safe is known from the answer to its end alone.</summary>
    [Theory]
    [InlineData("(nothing)")]
    [InlineData("EHLO ")]
    [InlineData("MAIL ")]
    [InlineData("RCPT ")]
    [InlineData("DATA")]
    [InlineData(".")]
    public async Task Send_ToServerThatBreaksOff_IsTriedAgain(string at)
    {
        using var server = new SilentServer();
        using var senders = new SendersUnderTest();

        var sending = senders.SendAsync(To(server.Port), SomeMessage.Raised(Anna));
        using (var connection = await server.AcceptAsync())
        {
            await AcceptAsync(connection, at);
        }

        var result = await sending.WaitAsync(Until.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.NotEmpty(result.Answer);
    }

    [Theory]
    [InlineData("421 4.3.2 Too busy", "")]
    [InlineData("220 mail.site.example", "MAIL ")]
    [InlineData("220 mail.site.example", "RCPT ")]
    [InlineData("220 mail.site.example", "DATA")]
    public async Task Send_ToServerWhoseQueueIsFull_IsTriedAgain(string greeting, string at)
    {
        using var server = new SilentServer();
        using var senders = new SendersUnderTest();

        var sending = senders.SendAsync(To(server.Port), SomeMessage.Raised(Anna));
        using var connection = await server.AcceptAsync();
        using var lines = new StreamReader(new NetworkStream(connection));
        await SayAsync(connection, $"{greeting}\r\n");
        while (!sending.IsCompleted && await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && line != "QUIT")
        {
            var isFull = at.Length > 0 && line.StartsWith(at, StringComparison.Ordinal);
            await SayAsync(connection, isFull ? "452 4.3.1 Insufficient system storage\r\n" : "250 ok\r\n");
        }

        connection.Close();
        var result = await sending.WaitAsync(Until.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.Contains(greeting.StartsWith('4') ? "Too busy" : "Insufficient system storage", result.Answer);
    }

    /// <summary>Whoever sends it again after that tells people twice.</summary>
    [Theory]
    [InlineData("the server breaks off")]
    [InlineData("the server says nothing")]
    [InlineData("the portal stops")]
    public async Task Send_WhateverHappensAfterAccepting_IsAccepted(string happens)
    {
        using var server = new SilentServer();
        using var senders = new SendersUnderTest();
        using var stop = new CancellationTokenSource();

        var sending = senders.SendAsync(To(server.Port), SomeMessage.Raised(Anna), stop.Token);
        using var connection = await server.AcceptAsync();
        await AcceptAsync(connection);
        switch (happens)
        {
            case "the server breaks off":
                connection.Close();
                break;
            case "the server says nothing":
                senders.Time.Advance(TimeSpan.FromSeconds(30));
                break;
            default:
                await stop.CancelAsync();
                break;
        }

        var result = await sending;
        Assert.Equal((SendOutcome.Accepted, "queued as 4711"), (result.Outcome, result.Answer));
    }

    /// <summary>Takes one message, up to the sender's good-bye, or up to a line that is not answered.</summary>
    private static async Task AcceptAsync(Socket connection, string upTo = "QUIT")
    {
        if (upTo == "(nothing)")
        {
            return;
        }

        using var lines = new StreamReader(new NetworkStream(connection));
        await SayAsync(connection, "220 mail.site.example\r\n");
        while (await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line
            && !(upTo == "." ? line == "." : line.StartsWith(upTo, StringComparison.Ordinal)))
        {
            var answer = line switch
            {
                "DATA" => "354 go on\r\n",
                "." => "250 queued as 4711\r\n",
                _ when IsCommand(line) => "250 ok\r\n",
                _ => "",
            };
            await SayAsync(connection, answer);
        }
    }

    private static bool IsCommand(string line) =>
        new[] { "EHLO ", "MAIL ", "RCPT " }.Any(command => line.StartsWith(command, StringComparison.Ordinal));

    private static async Task SayAsync(Socket connection, string words) =>
        await connection.SendAsync(Encoding.ASCII.GetBytes(words), TestContext.Current.CancellationToken);

    private static ChannelSettings To(int port) => new()
    {
        Key = "mail",
        Kind = ChannelKind.Email,
        Host = "127.0.0.1",
        Port = port,
        From = "portal@site.example",
    };
}
