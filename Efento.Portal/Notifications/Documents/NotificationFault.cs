namespace Efento.Portal.Notifications.Documents;

/// <summary>What is wrong with a document of notifications. <see cref="NotificationFaultWords"/> puts it into words.</summary>
/// <param name="Kind">The kind of fault.</param>
/// <param name="Path">Where it is, such as <c>channels[0].port</c>; empty if it is about all of the document.</param>
/// <param name="About">What it is about: the value, or what would be right.</param>
internal sealed record NotificationFault(NotificationFaultKind Kind, string Path, string About = "");

/// <summary>What can be wrong with a document of notifications.</summary>
internal enum NotificationFaultKind
{
    /// <summary>A channel is named that the document lacks.</summary>
    ChannelUnknown,

    /// <summary>The address of a channel is none that requests can go to.</summary>
    ChannelUrl,

    /// <summary>A chain or person sends through the channel, so that it can't be removed.</summary>
    ChannelUsed,

    /// <summary>It is no day.</summary>
    Day,

    /// <summary>It is no time of a day.</summary>
    DayTime,

    /// <summary>It is no time that can be waited.</summary>
    Duration,

    /// <summary>A text or list is empty.</summary>
    Empty,

    /// <summary>An environment variable is named that does not exist.</summary>
    EnvMissing,

    /// <summary>The name of an environment variable is none of those that may be read.</summary>
    EnvName,

    /// <summary>There is no such field at this place.</summary>
    FieldUnknown,

    /// <summary>It must be true or false.</summary>
    Flag,

    /// <summary>The headers are too many, or no texts.</summary>
    Headers,

    /// <summary>The document is no JSON.</summary>
    Json,

    /// <summary>The key has other characters than it may, or too many.</summary>
    Key,

    /// <summary>The key or address is there twice.</summary>
    KeyTwice,

    /// <summary>It must be a list.</summary>
    List,

    /// <summary>It must be an e-mail address.</summary>
    Mail,

    /// <summary>A field is missing.</summary>
    Missing,

    /// <summary>It must be an object.</summary>
    NoObject,

    /// <summary>A step names neither people nor channels.</summary>
    NobodyAtStep,

    /// <summary>It must be one of the words that are told.</summary>
    OneOf,

    /// <summary>The location's name can't be used, or it would lie too deep.</summary>
    Path,

    /// <summary>A channel that sends to people has none at a step.</summary>
    PeopleNeeded,

    /// <summary>A person is named that the document lacks.</summary>
    PersonUnknown,

    /// <summary>It must be a phone number.</summary>
    Phone,

    /// <summary>It is no place.</summary>
    PlaceForm,

    /// <summary>It is no port.</summary>
    Port,

    /// <summary>It is no time after which people can be told again.</summary>
    Repeat,

    /// <summary>Quiet hours begin and end at the same time.</summary>
    QuietEmpty,

    /// <summary>A rota is named that the document lacks.</summary>
    RotaUnknown,

    /// <summary>The channel leads to somebody else now, who must not be sent the secret that is stored.</summary>
    SecretAgain,

    /// <summary>It is no secret that webhooks can be signed with.</summary>
    SigningSecret,

    /// <summary>It is neither a provider of text messages nor the body of a request to one.</summary>
    SmsTemplate,

    /// <summary>It must be a text.</summary>
    Text,

    /// <summary>It is no address at which access tokens can be asked for.</summary>
    TokenUrl,

    /// <summary>No topic of MQTT can begin with it.</summary>
    Topic,

    /// <summary>The stored secrets of a channel can't be read any more.</summary>
    Undecryptable,

    /// <summary>There is no such time zone.</summary>
    Zone,
}
