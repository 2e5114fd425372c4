namespace Efento.Portal.Benchmarks.Reporting;

/// <summary>A table of plain text, its first column to the left and the others to the right.</summary>
internal static class Table
{
    /// <summary>Prints it.</summary>
    public static void Print(TextWriter output, string[] heads, IEnumerable<string[]> rows)
    {
        string[][] all = [heads, .. rows];
        var widths = heads.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        foreach (var row in all)
        {
            output.WriteLine(
                string.Join(
                    "  ",
                    row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        }

        output.WriteLine();
    }
}
