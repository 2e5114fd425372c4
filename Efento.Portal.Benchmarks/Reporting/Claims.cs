using System.Globalization;

namespace Efento.Portal.Benchmarks.Reporting;

/// <summary>What is claimed, what was measured, and whether it holds; printed at the end.</summary>
internal sealed class Claims(TextWriter output)
{
    private readonly List<(string Claim, string Measured, string Limit, bool Holds)> _claims = [];

    /// <summary>Whether every claim holds.</summary>
    public bool AllHold => _claims.TrueForAll(c => c.Holds);

    /// <summary>Claims that a figure is <paramref name="limit"/> or less.</summary>
    public void AtMost(string claim, double measured, double limit, string unit = "") =>
        Add(claim, measured, "≤", limit, unit, measured <= limit);

    /// <summary>Claims that a figure is <paramref name="limit"/> or more.</summary>
    public void AtLeast(string claim, double measured, double limit, string unit = "") =>
        Add(claim, measured, "≥", limit, unit, measured >= limit);

    /// <summary>Prints the claims.</summary>
    public void Print() => Table.Print(
        output, ["claim", "measured", "limit", ""],
        _claims.Select(c => (string[])[c.Claim, c.Measured, c.Limit, c.Holds ? "PASS" : "FAIL"]));

    private void Add(string claim, double measured, string sign, double limit, string unit, bool holds) =>
        _claims.Add((claim, Text(measured, unit), $"{sign} {Text(limit, unit)}", holds));

    private static string Text(double value, string unit) =>
        $"{value.ToString(Math.Abs(value) >= 100 ? "#,0" : "0.##", CultureInfo.InvariantCulture)} {unit}".TrimEnd();
}
