namespace Efento.Portal.Notifications.Channels.Sms;

/// <summary>What a provider is asked to send.</summary>
/// <param name="To">The phone number.</param>
/// <param name="Text">The words.</param>
/// <param name="Key">The idempotency key, of letters and digits.</param>
internal sealed record SmsRequest(string To, string Text, string Key);
