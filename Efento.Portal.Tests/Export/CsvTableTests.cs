using System.Text;
using Efento.Portal.Export;

namespace Efento.Portal.Tests.Export;

public sealed class CsvTableTests
{
    [Theory]
    [InlineData("Serial;Name\r\n1;Fridge\r\n", "1|Fridge")]
    [InlineData("serial,name\n1,Fridge", "1|Fridge")]
    [InlineData("\uFEFFserial;name\n1;Lodówka", "1|Lodówka")]
    [InlineData("serial;name\n1;\"Fridge; \"\"left\"\"\"", "1|Fridge; \"left\"")]
    [InlineData("serial;name\n1;\"two\nlines\"", "1|two\nlines")]
    [InlineData("serial;name\n\n;\n1;Fridge, left\n", "1|Fridge, left")]
    public void Read_ATable_HasItsCells(string text, string expected)
    {
        var (table, fault) = CsvTable.Read(Encoding.UTF8.GetBytes(text));

        Assert.Null(fault);
        Assert.Equal(["serial", "name"], table!.Columns);
        Assert.Equal([expected], table.Lines.Select(l => string.Join('|', l.Cells)));
    }

    [Fact]
    public void Read_LinesWithBreaksInCells_AreNumberedAsInTheFile()
    {
        var (table, _) = CsvTable.Read(Encoding.UTF8.GetBytes("serial;name\n1;\"two\nlines\"\n\n2;x\n"));

        Assert.Equal([3, 5], table!.Lines.Select(l => l.Number));
    }

    [Theory]
    [InlineData("serial;name\n1;\"open", 2)]
    [InlineData("serial;name\n1;a\"b\n2;x", 2)]
    [InlineData("serial;name\n1;\"a\"b\n2;x", 2)]
    public void Read_QuotesThatCanNotBe_NamesTheLine(string text, int line) =>
        Assert.Equal(new CsvFault(CsvFaultKind.Broken, line), CsvTable.Read(Encoding.UTF8.GetBytes(text)).Fault);

    [Fact]
    public void Read_Nothing_SaysSo() => Assert.Equal(CsvFaultKind.Empty, CsvTable.Read([]).Fault?.Kind);

    [Fact]
    public void Read_OtherEncodings_AreTold()
    {
        const string Text = "serial;name\n1;Lodówka";

        Assert.Equal(CsvFaultKind.NotUtf8, CsvTable.Read(Encoding.Latin1.GetBytes(Text)).Fault?.Kind);
        Assert.Equal(CsvFaultKind.NotUtf8, CsvTable.Read(Encoding.Unicode.GetBytes(Text)).Fault?.Kind);
        Assert.Equal(CsvFaultKind.NotUtf8, CsvTable.Read([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)]).Fault?.Kind);
        Assert.Equal(CsvFaultKind.NotUtf8, CsvTable.Read(Encoding.BigEndianUnicode.GetBytes(Text)).Fault?.Kind);
    }

    [Fact]
    public void Read_MoreThanAMegabyteOrTooManyLines_IsRefused()
    {
        Assert.Equal(CsvFaultKind.TooLarge, CsvTable.Read(new byte[CsvTable.MostBytes + 1]).Fault?.Kind);
        var lines = string.Concat(Enumerable.Repeat("1\n", CsvTable.MostLines + 1));
        Assert.Equal(CsvFaultKind.TooManyLines, CsvTable.Read(Encoding.UTF8.GetBytes($"serial\n{lines}")).Fault?.Kind);
    }

    [Theory]
    [InlineData("=HYPERLINK(1)")]
    [InlineData("-5 °C")]
    [InlineData("Fridge")]
    [InlineData("'Fridge'")]
    [InlineData("")]
    public void Text_OfACellThatWasWritten_IsTheText(string text) =>
        Assert.Equal(text, CsvText.Text(CsvText.Cell(text)));
}
