using System.Net.Sockets;
using System.Text;
using Efento.Portal.Notifications.Channels;

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

    /// <summary>Takes one message, up to the sender's good-bye.</summary>
    private static async Task AcceptAsync(Socket connection)
    {
        using var lines = new StreamReader(new NetworkStream(connection));
        await SayAsync(connection, "220 mail.site.example\r\n");
        while (await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && line != "QUIT")
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
