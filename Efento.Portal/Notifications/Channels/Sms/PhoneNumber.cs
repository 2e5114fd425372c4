using System.Text.RegularExpressions;

namespace Efento.Portal.Notifications.Channels.Sms;

/// <summary>Phone numbers as people write them.</summary>
internal static partial class PhoneNumber
{
    /// <summary>Digits, with a plus if it was written, or null if it is no number.</summary>
    public static string? Of(string? text) =>
        Gaps().Replace(text ?? "", "") is var number && Number().IsMatch(number) ? number : null;

    [GeneratedRegex(@"[ ().\-/]")]
    private static partial Regex Gaps();

    [GeneratedRegex(@"\A\+?[0-9]{5,15}\z")]
    private static partial Regex Number();
}
