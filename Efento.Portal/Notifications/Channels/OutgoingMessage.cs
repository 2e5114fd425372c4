using Efento.Portal.Alarms;

namespace Efento.Portal.Notifications.Channels;

/// <summary>What is to be said to one recipient through one channel.</summary>
public sealed record OutgoingMessage
{
    /// <summary>The idempotency key: the same for each attempt to send this message.</summary>
    public required string Key { get; init; }

    /// <summary>What keeps messages together: the same for all messages of one alarm.</summary>
    public required string Thread { get; init; }

    /// <summary>An e-mail address or a phone number; null where the channel itself is the recipient.</summary>
    public string? Recipient { get; init; }

    /// <summary>One line. Line breaks in it are taken for spaces.</summary>
    public required string Subject { get; init; }

    /// <summary>What is said, without any mark-up.</summary>
    public required string Text { get; init; }

    /// <summary>What is said beside the subject, without links: for messages that open the page when they are touched.</summary>
    public string Brief { get; init; } = "";

    /// <summary>The same as a page, for e-mail.</summary>
    public string? Html { get; init; }

    /// <summary>Where the portal shows more about it.</summary>
    public Uri? Link { get; init; }

    /// <summary>
    /// The same below the portal's own address, without a slash before it: for the installed page, which knows that address. Empty for the
    /// first page.
    /// </summary>
    public string Path { get; init; } = "";

    /// <summary>Where the recipient acknowledges the alarm without signing in; null if they can't. Nobody else may learn it.</summary>
    public Uri? Answer { get; init; }

    /// <summary>How bad the alarm is, where the message tells of one.</summary>
    public AlarmLevel? Level { get; init; }

    /// <summary>What happened, such as <c>alarm.raised</c>.</summary>
    public required string EventType { get; init; }

    /// <summary>The same for programs: the body of a webhook.</summary>
    public required string Json { get; init; }

    /// <summary>Whether it is a test, which nothing has to keep.</summary>
    public bool IsTest { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTime AtUtc { get; init; }
}
