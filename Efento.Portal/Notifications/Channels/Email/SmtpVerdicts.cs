using System.Globalization;
using MailKit.Net.Smtp;

namespace Efento.Portal.Notifications.Channels.Email;

/// <summary>What the codes of SMTP mean for further attempts.</summary>
internal static class SmtpVerdicts
{
    private const int FirstLastingFault = 500;

    public static Verdict Of(SmtpCommandException refusal)
    {
        var answer = string.Create(CultureInfo.InvariantCulture, $"{(int)refusal.StatusCode} {refusal.Message}");
        return ConcernsMessage(refusal) ? Verdict.Refused(answer) : Verdict.TryAgain(answer);
    }

    /// <summary>
    /// A sender or a sign-in that is refused is a fault of the channel. Once somebody has corrected it, the messages that wait are sent.
    /// </summary>
    private static bool ConcernsMessage(SmtpCommandException refusal) =>
        (int)refusal.StatusCode >= FirstLastingFault
        && refusal.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted;
}
