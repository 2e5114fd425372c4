using System.Text.Json;

namespace Efento.Portal.Notifications.Documents;

/// <summary>Reads how the portal lets others know that it watches.</summary>
/// <param name="channels">Reads secrets.</param>
/// <param name="tell">Takes what is wrong.</param>
internal sealed class WatchReader(ChannelReader channels, Action<NotificationFault> tell)
{
    /// <summary>The name of the field of the document.</summary>
    public const string Field = "watching";

    /// <summary>The address that is called more often would tell nothing more, in ms.</summary>
    private const long ShortestMs = 60_000;

    /// <summary>Reads it.</summary>
    public WatchDraft Read(JsonElement element)
    {
        var fields = new DocumentFields(element, Field, tell);
        var (mail, call) = (fields.Take("mail"), fields.Take("deadMan"));
        fields.End();
        return new(mail is { } m ? MailOf(m, $"{Field}.mail") : null, call is { } c ? CallOf(c, $"{Field}.deadMan") : null);
    }

    private WatchMailDraft MailOf(JsonElement element, string path)
    {
        var fields = new DocumentFields(element, path, tell);
        var (at, zone) = (fields.TimeOfDay("at") ?? 0, fields.Zone("zone"));
        List<string> people = [.. fields.Texts("people").Select(p => p.Text)];
        if (people.Count == 0)
        {
            fields.Fail(NotificationFaultKind.Empty, "people");
        }

        fields.End();
        return new(at, zone, people);
    }

    private WatchCallDraft CallOf(JsonElement element, string path)
    {
        var fields = new DocumentFields(element, path, tell);
        var url = channels.SecretOf(fields, SecretFields.Url);
        if (url is { Length: > 0 } && !ChannelReader.IsAddress(url))
        {
            fields.Fail(NotificationFaultKind.ChannelUrl, SecretFields.Url);
        }

        var isPost = fields.Word("method", NotificationWords.Methods, isNeeded: false) ?? false;
        if (!fields.Has("every"))
        {
            fields.Fail(NotificationFaultKind.Missing, "every");
        }

        var every = fields.Time("every", NotificationFaultKind.Repeat, ShortestMs) ?? ShortestMs;
        var allows = fields.Flag("allowPrivateNetworks");
        fields.End();
        return new(url, isPost, every, allows);
    }
}
