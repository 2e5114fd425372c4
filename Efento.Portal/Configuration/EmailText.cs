using System.Net.Mail;

namespace Efento.Portal.Configuration;

/// <summary>E-mail addresses as people and settings write them.</summary>
internal static class EmailText
{
    /// <summary>The longest address there can be, in characters. Source: RFC 5321, 4.5.3.1.3.</summary>
    public const int Longest = 254;

    /// <summary>Whether the text is an e-mail address and nothing beside it.</summary>
    public static bool IsAddress(string text) =>
        text.Length <= Longest && MailAddress.TryCreate(text, out var address) && address.Address == text;
}
