using System.CommandLine.Parsing;
using Efento.Portal.CommandLine;

namespace Efento.Portal.Tests.CommandLine;

public sealed class PortalCommandsTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("tokens --help")]
    [InlineData("tokens add --help")]
    [InlineData("tokens list --help")]
    [InlineData("tokens revoke --help")]
    [InlineData("users --help")]
    [InlineData("users add --help")]
    [InlineData("users limit --help")]
    [InlineData("users reset --help")]
    [InlineData("users list --help")]
    [InlineData("maintenance --help")]
    [InlineData("maintenance on --help")]
    [InlineData("maintenance off --help")]
    [InlineData("maintenance status --help")]
    [InlineData("audit --help")]
    [InlineData("audit verify --help")]
    [InlineData("tls --help")]
    [InlineData("tls self-signed --help")]
    [InlineData("simulate --help")]
    [InlineData("demo --help")]
    public async Task Help_OfEachCommand_IsGiven(string line)
    {
        var run = await RunAsync(line);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains("Usage:", run.Output);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("tokens --help")]
    [InlineData("users --help")]
    [InlineData("maintenance --help")]
    [InlineData("audit --help")]
    [InlineData("tls --help")]
    [InlineData("simulate --help")]
    [InlineData("demo --help")]
    public async Task Help_OfProgramAndVerbs_DocumentsTheExitCodes(string line) =>
        Assert.Contains("Exit codes: 0 ", (await RunAsync(line)).Output);

    [Theory]
    [InlineData("serv")]
    [InlineData("tokens")]
    [InlineData("tokens add")]
    [InlineData("tokens add --name \" \"")]
    [InlineData("tokens add --name x --token 1234567890123456789012345678901234567")]
    [InlineData("tokens add --name x --token \"a b\"")]
    [InlineData("tokens add --name x --colour red")]
    [InlineData("tokens revoke")]
    [InlineData("tokens revoke first")]
    [InlineData("users")]
    [InlineData("users add")]
    [InlineData("users add a@b.example")]
    [InlineData("users add a@b.example --role King")]
    [InlineData("users add nobody --role Viewer")]
    [InlineData("users limit a@b.example")]
    [InlineData("users limit a@b.example --location Ward --everything")]
    [InlineData("tokens add --name x --location Ward")]
    [InlineData("users reset")]
    [InlineData("users reset nobody")]
    [InlineData("maintenance")]
    [InlineData("maintenance on --reason x")]
    [InlineData("maintenance on --for 30m")]
    [InlineData("maintenance on --for 30 --reason x")]
    [InlineData("maintenance on --for 0s --reason x")]
    [InlineData("maintenance on --for 367d --reason x")]
    [InlineData("maintenance on --for 30m --reason \" \"")]
    [InlineData("maintenance of")]
    public async Task Arguments_Wrong_AreRefusedWithExitCode2(string line)
    {
        var run = await RunAsync(line);

        Assert.Equal(ExitCodes.WrongUsage, run.ExitCode);
        Assert.NotEmpty(run.Errors);
        Assert.DoesNotContain("   at ", run.Errors);
    }

    [Fact]
    public void HostOptions_WithoutVerb_ArePassedOn()
    {
        string[] args = ["--urls", "http://127.0.0.1:21291", "--environment=Development", "--Portal:Ingest:MaxBodyBytes=5", "/Portal:Retention:Ledger", "1.00:00:00"];

        var parsed = PortalCommands.Create().Parse(args);

        Assert.Empty(parsed.Errors);
        Assert.Equal(args, parsed.UnmatchedTokens);
    }

    private static Task<CommandRun> RunAsync(string line) => CommandRun.OfAsync([.. CommandLineParser.SplitCommandLine(line)]);
}
