using System.Text;
using Efento.Portal.Notifications.Channels;

namespace Efento.Portal.Tests.Notifications.Channels;

public sealed class ConversationTests
{
    private const string Secret = "korrekt pferd";

    [Fact]
    public void Lines_EachForm_OfASecretIsMasked()
    {
        var conversation = Of(new ChannelSettings { Key = "a", Kind = ChannelKind.Email, User = "portal", Password = Secret });

        conversation.Sent($"plain {Secret}!");
        conversation.Received($"in base64 {InBase64(Secret)}!");
        conversation.Noted($"signed in {InBase64($"\0portal\0{Secret}")} or {InBase64($"portal:{Secret}")}!");
        conversation.Noted($"in a form {Uri.EscapeDataString(Secret)}!");

        Assert.Equal(["> plain ***!", "< in base64 ***!", "* signed in *** or ***!", "* in a form ***!"], conversation.Lines);
    }

    [Fact]
    public void Settings_AsText_HaveNoSecret() => Assert.Equal(
        "Webhook hook",
        new ChannelSettings { Key = "hook", Kind = ChannelKind.Webhook, Secret = Secret, Password = Secret }.ToString());

    [Fact]
    public void Lines_SecretAcrossTheCut_IsMaskedWhole()
    {
        var conversation = Of(new ChannelSettings { Key = "a", Kind = ChannelKind.Webhook, Secret = Secret });

        conversation.Received(new string('a', Conversation.MaxLength - 5) + Secret);

        Assert.DoesNotContain("kor", Assert.Single(conversation.Lines));
    }

    [Fact]
    public void Lines_EndlessTalk_IsKeptInPart()
    {
        var conversation = Of(new ChannelSettings { Key = "a", Kind = ChannelKind.Email });

        for (var line = 0; line < 1000; line++)
        {
            conversation.Received(new string('a', 10_000));
        }

        Assert.Equal(Conversation.MaxLines, conversation.Lines.Count);
        Assert.All(conversation.Lines, line => Assert.True(line.Length <= Conversation.MaxLength + 2));
    }

    [Theory]
    [InlineData("a\r\nb", "a b")]
    [InlineData("a\u0085b\u2028c\u2029d\0e\u001bf", "a b c d e f")]
    [InlineData("  a \t b  ", "a b")]
    [InlineData("Lodówka 🧊", "Lodówka 🧊")]
    [InlineData("\n", "")]
    public void OneLine_OfAnyText_HasNoBreak(string text, string expected) => Assert.Equal(expected, OneLine.Of(text));

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("a🧊cd", 3, "a…")]
    [InlineData("a🧊cd", 4, "a🧊…")]
    public void Shortened_LongText_CutsNoCharacterInTwo(string text, int length, string expected) =>
        Assert.Equal(expected, OneLine.Shortened(text, length));

    private static Conversation Of(ChannelSettings channel) => new(Secrets.Of(channel));

    private static string InBase64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
