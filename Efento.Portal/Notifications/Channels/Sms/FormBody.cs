using System.Text;

namespace Efento.Portal.Notifications.Channels.Sms;

/// <summary>Bodies of HTML forms.</summary>
internal static class FormBody
{
    public const string ContentType = "application/x-www-form-urlencoded";

    /// <summary>The fields that have a value, each escaped.</summary>
    public static byte[] Of(params IEnumerable<(string Name, string? Value)> fields) => Encoding.ASCII.GetBytes(
        string.Join('&', from field in fields where !string.IsNullOrEmpty(field.Value) select $"{field.Name}={Escaped(field.Value)}"));

    public static string Escaped(string text) => Uri.EscapeDataString(text);
}
