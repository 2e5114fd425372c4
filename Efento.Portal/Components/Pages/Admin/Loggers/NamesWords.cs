using Efento.Portal.Devices.Administration;
using Efento.Portal.Export;

namespace Efento.Portal.Components.Pages.Admin.Loggers;

/// <summary>Texts about files of names.</summary>
internal static class NamesWords
{
    /// <summary>The most of a foreign text that is repeated.</summary>
    private const int MostShown = 100;

    /// <summary>Why a file can't be read.</summary>
    public static string Of(CsvFault fault) => fault.Kind switch
    {
        CsvFaultKind.TooLarge => NamesText.FileTooLarge,
        CsvFaultKind.TooManyLines => NamesText.FileTooManyLines(CsvTable.MostLines),
        CsvFaultKind.NotUtf8 => NamesText.FileNotUtf8,
        CsvFaultKind.Empty => NamesText.FileEmpty,
        CsvFaultKind.Broken => NamesText.FileBroken(fault.Line),
        CsvFaultKind.ColumnMissing => NamesText.FileNoSerial(NamesFile.Serial, string.Join(';', NamesFile.Columns)),
        CsvFaultKind.ColumnTwice => NamesText.FileColumnTwice,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    /// <summary>Why a line can't be.</summary>
    public static string Of(NamesLine line) => line.Fault switch
    {
        NamesFault.Cells => NamesText.LineCells,
        NamesFault.UnknownSerial => NamesText.LineUnknown(Cut(line.Serial)),
        NamesFault.SerialTwice => NamesText.LineTwice(line.Serial),
        NamesFault.NameMissing => NamesText.LineNameMissing(line.Serial),
        NamesFault.TooLong => NamesText.LineTooLong(line.Serial, PointLabel.MostLetters),
        NamesFault.NotOneLine => NamesText.LineNotOne(line.Serial),
        NamesFault.NoSuchLocation => NamesText.LineNoLocation(line.Serial, Cut(line.About)),
        _ => throw new ArgumentOutOfRangeException(nameof(line), line.Fault, null),
    };

    private static string Cut(string text) => text.Length > MostShown ? $"{text[..MostShown]}…" : text;
}
