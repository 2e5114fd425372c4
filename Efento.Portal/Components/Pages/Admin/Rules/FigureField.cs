using System.Globalization;
using Efento.Portal.Components.Words;

namespace Efento.Portal.Components.Pages.Admin.Rules;

/// <summary>A field for a figure in the user's unit. As long as nobody types in it, the stored figure stays exactly as it is.</summary>
public sealed class FigureField
{
    private double? _stored;
    private Figures _figures;
    private string? _shown;

    /// <summary>What is typed.</summary>
    public string? Text { get; set; }

    /// <summary>The field of a stored figure; empty for null.</summary>
    public static FigureField Of(double? stored, Figures figures)
    {
        var text = stored is { } figure ? figures.ToShown(figure).ToString("0.######", CultureInfo.CurrentCulture) : null;
        return new() { _stored = stored, _figures = figures, _shown = text, Text = text };
    }

    /// <summary>The figure as it is stored; null if the field is empty, NaN if no number is typed.</summary>
    public double? Stored(Figures figures)
    {
        if (Text == _shown && figures == _figures)
        {
            return _stored;
        }

        var text = Text?.Trim().Replace('−', '-').Replace(',', '.');
        return string.IsNullOrEmpty(text) ? null
            : double.TryParse(
                text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var shown)
                ? figures.ToStored(shown)
                : double.NaN;
    }
}
