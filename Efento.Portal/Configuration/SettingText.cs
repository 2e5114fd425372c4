using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Efento.Portal.Configuration;

/// <summary>
/// Parses settings, which are text in files, environment and command line. Every text that is accepted here has the same value for the
/// binder. Some texts that the binder accepts are rejected, because their meaning would surprise: "24" means 24 days, and a date without
/// offset is in the server's time zone.
/// </summary>
internal static class SettingText
{
    /// <summary>Parses a value of the type.</summary>
    public static bool TryRead(string text, Type type, [NotNullWhen(true)] out object? value)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        value = target switch
        {
            _ when target == typeof(string) => text,
            _ when target == typeof(bool) => bool.TryParse(text, out var isSo) ? isSo : null,
            _ when target == typeof(int) =>
                int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ when target == typeof(long) =>
                long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ when target == typeof(TimeSpan) => ReadDuration(text),
            _ when target == typeof(DateTimeOffset) => ReadInstant(text),
            _ when target.IsEnum =>
                Enum.GetNames(target).Contains(text.Trim(), StringComparer.OrdinalIgnoreCase)
                    ? Enum.Parse(target, text, ignoreCase: true)
                    : null,
            _ => throw new NotSupportedException($"Settings of type {target.Name} are not read yet."),
        };
        return value is not null;
    }

    private static object? ReadDuration(string text) =>
        text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) ? duration : null;

    private static object? ReadInstant(string text)
    {
        // Only a text with an offset has the same value under both assumptions.
        var isRead = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant);
        return isRead && HasOffset(text.Trim()) ? instant : null;
    }

    private static bool HasOffset(string text) =>
        text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
}
