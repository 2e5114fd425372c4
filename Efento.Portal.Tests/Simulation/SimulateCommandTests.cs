using System.CommandLine;
using Efento.Portal.CommandLine;
using Efento.Portal.Simulation;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Simulation;

/// <summary>The command's arguments, output and exit codes.</summary>
public sealed class SimulateCommandTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Theory]
    [InlineData("", "--token")]
    [InlineData("--token t --url nowhere", "--url must be an address such as http://localhost:5080, not \"nowhere\".")]
    [InlineData("--token t --url ftp://host", "--url must be an address")]
    [InlineData("--token t --url http://host/?a=b", "--url must be an address")]
    [InlineData("--token t --duration 3", "--duration must be a duration such as 30s, 3m, 1h, 7d or 00:03:00, not \"3\".")]
    [InlineData("--token t --duration 0s", "--duration must be a duration")]
    [InlineData("--token t --history later", "--history must be a duration")]
    [InlineData("--token t --interval 3x", "--interval must be whole seconds from 1s to 1d")]
    [InlineData("--token t --interval 500ms", "--interval must be whole seconds from 1s to 1d")]
    [InlineData("--token t --gateways 0", "--gateways must be a whole number from 1 to 1000, not \"0\".")]
    [InlineData("--token t --gateways many", "--gateways must be a whole number from 1 to 1000, not \"many\".")]
    [InlineData("--token t --gateways 1000 --loggers 1000", "at most 100000 loggers")]
    [InlineData("--token t --loggers 1001", "--loggers must be a whole number from 1 to 1000")]
    [InlineData("--token t --speed 0", "--speed must be a number from 0.01 to 10000")]
    [InlineData("--token t --speed 2", "--speed above 1 needs --duration")]
    [InlineData("--token t --seed -1", "--seed must be a whole number from 0")]
    [InlineData("--token t --serial-header X:Y", "--serial-header must be letters, digits and hyphens")]
    [InlineData("--token 1234567890123456789012345678901234567", "--token must have at most 36 characters")]
    [InlineData("--token zażółć", "--token must be printable ASCII")]
    [InlineData("--token t --nonsense", "--nonsense")]
    public async Task Invoke_WrongArguments_ExitsWith2AndSaysWhy(string arguments, string message)
    {
        Assert.Equal(ExitCodes.WrongUsage, await InvokeAsync(arguments));
        Assert.Contains(message, _error.ToString());
    }

    [Fact]
    public async Task Invoke_Help_TellsExitCodesAndOptions()
    {
        Assert.Equal(ExitCodes.Success, await InvokeAsync("--help"));

        var help = string.Join(' ', _output.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(
            "Exit codes: 0 everything was answered 201; 1 something was left unanswered or a reply broke the protocol; 2 wrong arguments.",
            help);
        Assert.All(
            ["--url", "--token", "--gateways", "--loggers", "--interval", "--speed", "--duration", "--history", "--seed", "--serial-header"],
            option => Assert.Contains(option, help));
    }

    [Fact]
    public async Task Invoke_EverythingAnswered_ExitsWith0AndPrintsTheSummary()
    {
        await using var portal = await StubPortal.StartAsync();

        var code = await InvokeAsync($"--url {portal.Address} --token t --interval 30s --speed 600 --duration 300ms");

        Assert.Equal(ExitCodes.Success, code);
        Assert.Matches(@"(?m)^answered 201 +\d+\r?$", _output.ToString());
        Assert.Matches(@"(?m)^p99 ms +[\d.]+\r?$", _output.ToString());
    }

    [Fact]
    public async Task Invoke_ProtocolBroken_ExitsWith1AndNamesTheFault()
    {
        await using var portal = await StubPortal.StartAsync();
        portal.Next(new StubAnswer(201, """{"ok":true}"""), new StubAnswer(201, """{"ok":true}"""), new StubAnswer(201, """{"ok":true}"""));

        var code = await InvokeAsync($"--url {portal.Address} --token t --interval 30s --speed 600 --duration 3s");

        Assert.Equal(ExitCodes.Failure, code);
        Assert.Contains("the answer to a heartbeat isn't {}", _output.ToString());
    }

    [Fact]
    public async Task Invoke_Cancelled_PrintsTheSummary()
    {
        await using var portal = await StubPortal.StartAsync();
        using var stop = new CancellationTokenSource();
        var running = InvokeAsync($"--url {portal.Address} --token t", stop.Token);

        await stop.CancelAsync();

        Assert.InRange(await running.WaitAsync(Until.Patience), 0, 1);
        Assert.Contains("answered 201", _output.ToString());
    }

    [Fact]
    public async Task Invoke_EmptyToken_SendsNoHeartbeat()
    {
        await using var portal = await StubPortal.StartAsync();
        var parsed = Root().Parse(["simulate", "--url", portal.Address.ToString(), "--token", "", "--speed", "600", "--duration", "300ms"]);

        Assert.Equal(ExitCodes.Success, await parsed.InvokeWithExitCodeAsync(Configuration()));
        Assert.NotEmpty(portal.Requests);
        Assert.DoesNotContain(portal.Requests, r => r.IsHeartbeat);
    }

    private static RootCommand Root() => new("test") { SimulateCommand.Create() };

    private InvocationConfiguration Configuration() => new() { Output = _output, Error = _error };

    private Task<int> InvokeAsync(string arguments, CancellationToken cancellation = default) =>
        Root().Parse($"simulate {arguments}").InvokeWithExitCodeAsync(Configuration(), cancellation);
}
