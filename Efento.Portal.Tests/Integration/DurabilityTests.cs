using System.Text.RegularExpressions;
using Efento.Portal.Data;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>A kill can't tell a synced commit from one in the system's cache; these can.</summary>
[Trait(Category.Name, Category.Fault)]
public sealed partial class DurabilityTests
{
    private const int Messages = 50;

    [Theory]
    [InlineData("synchronous", "2")]
    [InlineData("journal_mode", "wal")]
    [InlineData("foreign_keys", "1")]
    public async Task WritersOwnConnection_Pragma_IsTheDurableOne(string pragma, string value)
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.BeatAsync("{}");

        using var lease = await portal.Get<WriteGate>().EnterAsync();
        using var command = lease.Connection.CreateCommand();
        command.CommandText = $"PRAGMA {pragma}";

        Assert.Equal(value, Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Every201_IsSentAfterASyncOfWhatWasWritten()
    {
        using var data = new TemporaryDirectory();
        using var disk = await FaultyDisk.BuildAsync();
        await using var portal = await PortalProcess.StartAsync(data.Path, environment: disk.Environment);
        using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        await client.BeatAsync("{}");
        disk.Tells = true;

        for (var i = 0; i < Messages; i++)
        {
            Assert.Equal(201, (await client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())))).Status);
        }

        var beforeAnswers = disk.Told.Split('A')[..^1];
        Assert.Equal(Messages, beforeAnswers.Length);
        Assert.All(beforeAnswers, steps => Assert.Matches(WrittenAndSynced(), steps));
    }

    /// <summary>Written, then synced. What the portal writes for itself at the same moment may stand anywhere.</summary>
    [GeneratedRegex("^S*W[WS]*S[WS]*$")]
    private static partial Regex WrittenAndSynced();
}
