using System.Text;
using MailKit;

namespace Efento.Portal.Notifications.Channels.Email;

/// <summary>
/// Writes down what is said in SMTP, without passwords and without the message itself, which may hold links that let people act.
/// </summary>
internal sealed class SmtpConversation(Conversation conversation) : IProtocolLogger
{
    private readonly StringBuilder _sent = new();
    private readonly StringBuilder _received = new();

    /// <summary>Whether the server waits for the message.</summary>
    private bool _inMessage;

    /// <inheritdoc/>
    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <inheritdoc/>
    public void LogConnect(Uri uri) => conversation.Noted($"Connected to {uri.Host}:{uri.Port}");

    /// <inheritdoc/>
    public void LogClient(byte[] buffer, int offset, int count)
    {
        if (!_inMessage)
        {
            AddLines(_sent, WithoutSecrets(buffer, offset, count), conversation.Sent);
        }
    }

    /// <inheritdoc/>
    public void LogServer(byte[] buffer, int offset, int count) =>
        AddLines(_received, Encoding.UTF8.GetString(buffer, offset, count), Received);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Received(string line)
    {
        conversation.Received(line);
        _inMessage = line.StartsWith("354", StringComparison.Ordinal);
        if (_inMessage)
        {
            conversation.Sent("(the message)");
        }
    }

    private string WithoutSecrets(byte[] buffer, int offset, int count)
    {
        var text = new StringBuilder();
        var at = offset;
        foreach (var secret in AuthenticationSecretDetector?.DetectSecrets(buffer, offset, count) ?? [])
        {
            text.Append(Encoding.UTF8.GetString(buffer, at, secret.StartIndex - at)).Append(Secrets.Mask);
            at = secret.StartIndex + secret.Length;
        }

        return text.Append(Encoding.UTF8.GetString(buffer, at, offset + count - at)).ToString();
    }

    /// <summary>Whole lines alone are passed on: half a secret could not be masked.</summary>
    private static void AddLines(StringBuilder pending, string text, Action<string> add)
    {
        pending.Append(text);
        var lines = pending.ToString().Split('\n');
        foreach (var line in lines[..^1])
        {
            add(line);
        }

        pending.Clear().Append(lines[^1]);
    }
}
