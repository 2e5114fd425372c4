using Efento.Portal.Devices;
using Efento.Portal.Notifications.Channels;

namespace Efento.Portal.Notifications.Documents;

/// <summary>Puts faults of documents into words in the current language.</summary>
internal static class NotificationFaultWords
{
    /// <summary>A fault with its place in the document.</summary>
    public static string InWords(NotificationFault fault) => fault.Path.Length == 0 ? Of(fault) : $"{fault.Path}: {Of(fault)}";

    /// <summary>A fault in a sentence that says what to do.</summary>
    public static string Of(NotificationFault fault) => fault.Kind switch
    {
        NotificationFaultKind.ChannelUnknown => NotificationFaultText.ChannelUnknown(fault.About),
        NotificationFaultKind.ChannelUrl => NotificationFaultText.ChannelUrl,
        NotificationFaultKind.ChannelUsed => NotificationFaultText.ChannelUsed(fault.About),
        NotificationFaultKind.Day => NotificationFaultText.Day,
        NotificationFaultKind.DayTime => NotificationFaultText.DayTime,
        NotificationFaultKind.Duration => NotificationFaultText.Duration(DocumentFields.LongestTime.Days),
        NotificationFaultKind.Empty => NotificationFaultText.Empty,
        NotificationFaultKind.EnvMissing => NotificationFaultText.EnvMissing(fault.About),
        NotificationFaultKind.EnvName => NotificationFaultText.EnvName,
        NotificationFaultKind.FieldUnknown => NotificationFaultText.FieldUnknown,
        NotificationFaultKind.Flag => NotificationFaultText.Flag,
        NotificationFaultKind.Headers => NotificationFaultText.Headers(ChannelSettings.MaxHeaders),
        NotificationFaultKind.Json => NotificationFaultText.Json(fault.About),
        NotificationFaultKind.Key => NotificationFaultText.Key(NotificationChannel.MostLetters),
        NotificationFaultKind.KeyTwice => NotificationFaultText.KeyTwice(fault.About),
        NotificationFaultKind.List => NotificationFaultText.List,
        NotificationFaultKind.Mail => NotificationFaultText.Mail,
        NotificationFaultKind.Missing => NotificationFaultText.Missing,
        NotificationFaultKind.NoObject => NotificationFaultText.NoObject,
        NotificationFaultKind.NobodyAtStep => NotificationFaultText.NobodyAtStep,
        NotificationFaultKind.OneOf => NotificationFaultText.OneOf(fault.About),
        NotificationFaultKind.Path => NotificationFaultText.Path(fault.About, Location.MostLetters, Location.MostLevels),
        NotificationFaultKind.PeopleNeeded => NotificationFaultText.PeopleNeeded(fault.About),
        NotificationFaultKind.PersonUnknown => NotificationFaultText.PersonUnknown(fault.About),
        NotificationFaultKind.Phone => NotificationFaultText.Phone,
        NotificationFaultKind.PlaceForm => NotificationFaultText.PlaceForm,
        NotificationFaultKind.Port => NotificationFaultText.Port,
        NotificationFaultKind.QuietEmpty => NotificationFaultText.QuietEmpty,
        NotificationFaultKind.Repeat => NotificationFaultText.Repeat(DocumentFields.LongestTime.Days),
        NotificationFaultKind.RotaUnknown => NotificationFaultText.RotaUnknown(fault.About),
        NotificationFaultKind.SecretAgain => NotificationFaultText.SecretAgain,
        NotificationFaultKind.SigningSecret => NotificationFaultText.SigningSecret,
        NotificationFaultKind.SmsTemplate => NotificationFaultText.SmsTemplate(fault.About),
        NotificationFaultKind.Text => NotificationFaultText.Text,
        NotificationFaultKind.TokenUrl => NotificationFaultText.TokenUrl,
        NotificationFaultKind.Topic => NotificationFaultText.Topic,
        NotificationFaultKind.Undecryptable => NotificationFaultText.Undecryptable,
        NotificationFaultKind.Zone => NotificationFaultText.Zone(fault.About),
        _ => throw new NotSupportedException($"{fault.Kind} has no words."),
    };
}
