namespace Efento.Portal.Notifications.Channels;

/// <summary>What was said in one attempt, line by line and without secrets. Safe to use from several threads.</summary>
internal sealed class Conversation(Secrets secrets)
{
    /// <summary>How many lines are kept. A server that says more is not quoted to the end.</summary>
    public const int MaxLines = 200;

    /// <summary>How much of a line is kept.</summary>
    public const int MaxLength = 500;

    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>The portal said this.</summary>
    public void Sent(string line) => Add(">", line);

    /// <summary>The other server said this.</summary>
    public void Received(string line) => Add("<", line);

    /// <summary>Neither of them said it: it happened.</summary>
    public void Noted(string line) => Add("*", line);

    /// <summary>A text as it may be shown: one line, without secrets.</summary>
    public string Shown(string text) => OneLine.Shortened(secrets.Masked(OneLine.Of(text)), MaxLength);

    private void Add(string mark, string line)
    {
        var shown = $"{mark} {Shown(line)}";
        lock (_lock)
        {
            if (_lines.Count < MaxLines)
            {
                _lines.Add(shown);
            }
        }
    }
}
