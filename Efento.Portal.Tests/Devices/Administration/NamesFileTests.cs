using System.Text;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Export;

namespace Efento.Portal.Tests.Devices.Administration;

public sealed class NamesFileTests : AdministrationContext
{
    private const string First = "282C00000001";
    private const string Second = "282C00000002";

    [Fact]
    public async Task File_Written_ChangesNothingWhenItIsRead()
    {
        await NamedAsync();
        foreach (var format in (CsvFormat[])[CsvFormat.Comma, CsvFormat.Semicolon])
        {
            var preview = NamesFile.Read(NamesFile.Write(await LoggersAsync(), format), await LoggersAsync(), Tree);

            Assert.Null(preview.Fault);
            Assert.Equal([First, Second], preview.Lines.Select(l => l.Serial));
            Assert.Empty(preview.Faulty);
            Assert.Empty(preview.Changing);
        }
    }

    [Fact]
    public async Task File_Written_IsHarmlessAndNamesItsColumns()
    {
        await NamedAsync();

        var text = Encoding.UTF8.GetString(NamesFile.Write(await LoggersAsync(), CsvFormat.Semicolon));

        Assert.Equal(
            $"\uFEFFserial;name;location;remark\r\n{First};'=1+1;Hospital › Ward;\"shelf 2; \"\"left\"\"\"\r\n{Second};{Second};;\r\n",
            text);
    }

    [Theory]
    [InlineData("Hospital › Ward")]
    [InlineData("hospital>ward")]
    [InlineData("WARD")]
    public async Task Line_WithALocation_FindsItByPathOrByName(string location)
    {
        await NamedAsync();

        var line = Assert.Single((await ReadAsync($"serial;name;location;remark\n{Second};Fridge;{location};x")).Changing);

        Assert.Equal(
            new PointLabel("Fridge", Tree.All.Single(l => l.Name == "Ward").Id, "x"), line.Change!.Label);
    }

    [Fact]
    public async Task File_WithoutColumns_LeavesWhatTheyHold()
    {
        await NamedAsync();

        var line = Assert.Single((await ReadAsync($"NAME,Serial,colour\nFridge,28:2c:00:00:00:01,red")).Changing);

        Assert.Equal(PointLabel.Of((await FindAsync(First)).Point!) with { Name = "Fridge" }, line.Change!.Label);
    }

    [Theory]
    [InlineData($"{First}", NamesFault.Cells)]
    [InlineData($"{First};Fridge;;;;", NamesFault.Cells)]
    [InlineData("282C000000FF;Fridge;;", NamesFault.UnknownSerial)]
    [InlineData(";Fridge;;", NamesFault.UnknownSerial)]
    [InlineData($"{First}; ;;", NamesFault.NameMissing)]
    [InlineData($"{First};Fridge;Ward 99;", NamesFault.NoSuchLocation)]
    [InlineData($"{First};\"two\nlines\";;", NamesFault.NotOneLine)]
    [InlineData($"{First};Fridge;;\"a\tb\"", NamesFault.NotOneLine)]
    public async Task Line_ThatCanNotBe_IsNamedWithItsReason(string line, NamesFault expected)
    {
        await NamedAsync();

        var preview = await ReadAsync($"serial;name;location;remark\n{line}\n{Second};Good;;");

        Assert.Equal(expected, Assert.Single(preview.Faulty).Fault);
        Assert.Single(preview.Changing);
        Assert.False(preview.IsReady);
    }

    [Fact]
    public async Task Line_TooLong_IsToldAndNotCut()
    {
        await NamedAsync();
        var most = new string('x', PointLabel.MostLetters);

        var preview = await ReadAsync($"serial;name;location;remark\n{First};{most};;{most}x\n{Second};{most};;{most}");

        Assert.Equal([NamesFault.TooLong], preview.Faulty.Select(l => l.Fault));
        Assert.Equal([most], preview.Changing.Select(l => l.Change!.Label.Name));
    }

    [Fact]
    public async Task Serial_InTwoLines_IsToldAtBoth()
    {
        await NamedAsync();

        var preview = await ReadAsync($"serial;name\n{First};One\n282c-0000-0001;Two\n{Second};Three");

        Assert.Equal([(2, NamesFault.SerialTwice), (3, NamesFault.SerialTwice)], preview.Faulty.Select(l => (l.Number, l.Fault!.Value)));
    }

    [Theory]
    [InlineData("name;location\nFridge;", CsvFaultKind.ColumnMissing)]
    [InlineData("serial;name;Name\n1;a;b", CsvFaultKind.ColumnTwice)]
    public async Task Header_ThatCanNotBe_IsTold(string text, CsvFaultKind expected) =>
        Assert.Equal(expected, (await ReadAsync(text)).Fault?.Kind);

    [Fact]
    public async Task Name_ThatIsAFormula_StaysText()
    {
        await NamedAsync();

        var preview = await ReadAsync($"serial;name\n{Second};=HYPERLINK(http://evil.example)");

        Assert.Equal("=HYPERLINK(http://evil.example)", Assert.Single(preview.Changing).Change!.Label.Name);
    }

    private LocationTree Tree => Portal.Get<LocationDirectory>().Tree;

    private Task<IReadOnlyList<LoggerOverview>> LoggersAsync() => Portal.Get<LoggerQuery>().ListAsync(SiteScope.Everything);

    private async Task<NamesPreview> ReadAsync(string text) => NamesFile.Read(Encoding.UTF8.GetBytes(text), await LoggersAsync(), Tree);

    /// <summary>Two loggers; the first is named like a formula and lies in a ward.</summary>
    private async Task NamedAsync()
    {
        await AnswerAsync(First, Second);
        var locations = Portal.Get<LocationDecisions>();
        await locations.CreateAsync(Anna, null, "Hospital");
        await locations.CreateAsync(Anna, Tree.All[0].Id, "Ward");
        Assert.Empty(await Portal.Get<PointNaming>().NameAsync(
            SiteScope.Everything, Anna,
            [new PointChange(await SeePointAsync(First), new PointLabel("=1+1", Tree.All[1].Id, "shelf 2; \"left\""))]));
    }
}
