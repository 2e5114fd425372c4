using System.Net;
using System.Text;

namespace Efento.Portal.Notifications.Sending;

/// <summary>The body of a message, as text and as a page at once. Names are data: everything is encoded in the page.</summary>
internal sealed class MessageBody
{
    private readonly List<string> _lines = [];
    private readonly List<string> _brief = [];
    private readonly StringBuilder _html = new();

    /// <summary>The first line.</summary>
    public string Head => _lines[0];

    /// <summary>The body as text.</summary>
    public string Text => string.Join('\n', _lines);

    /// <summary>The body without its first line and without links.</summary>
    public string Brief => string.Join('\n', _brief);

    /// <summary>The body as a page.</summary>
    public string Html => _html.ToString();

    /// <summary>Adds the first line.</summary>
    public void AddHead(string line)
    {
        _lines.Add(line);
        _html.Append("<p><strong>").Append(WebUtility.HtmlEncode(line)).Append("</strong></p>");
    }

    /// <summary>Adds lines; empty ones are left out.</summary>
    public void Add(IEnumerable<string> lines)
    {
        foreach (var line in lines.Where(l => l.Length > 0))
        {
            _lines.Add(line);
            _brief.Add(line);
            _html.Append("<p>").Append(WebUtility.HtmlEncode(line)).Append("</p>");
        }
    }

    /// <summary>Adds one of several things with its links.</summary>
    public void AddItem(string line, params IEnumerable<MessageLink> links)
    {
        var there = links.Where(l => l.To is not null).ToList();
        _lines.AddRange(["", line, .. there.Select(l => l.InText(l.To!.AbsoluteUri))]);
        _brief.Add(line);
        _html.Append("<p>").Append(WebUtility.HtmlEncode(line));
        there.ForEach(l => _html.Append("<br>").Append(Anchor(l)));
        _html.Append("</p>");
    }

    /// <summary>Adds links at the end; those that lead nowhere are left out.</summary>
    public void AddLinks(params IEnumerable<MessageLink> links)
    {
        var there = links.Where(l => l.To is not null).ToList();
        if (there.Count > 0)
        {
            _lines.AddRange(["", .. there.Select(l => l.InText(l.To!.AbsoluteUri))]);
            there.ForEach(l => _html.Append("<p>").Append(Anchor(l)).Append("</p>"));
        }
    }

    private static string Anchor(MessageLink link) =>
        $"<a href=\"{WebUtility.HtmlEncode(link.To!.AbsoluteUri)}\">{WebUtility.HtmlEncode(link.Name)}</a>";
}

/// <summary>A link of a message.</summary>
/// <param name="To">Where it leads; null if there is none.</param>
/// <param name="Name">What it says on a page.</param>
/// <param name="InText">The line with the address, for text.</param>
internal sealed record MessageLink(Uri? To, string Name, Func<object?, string> InText);
