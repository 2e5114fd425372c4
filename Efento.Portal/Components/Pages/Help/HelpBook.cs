using System.Collections.Concurrent;
using System.Reflection;
using Efento.Portal.Texts;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Efento.Portal.Components.Pages.Help;

/// <summary>A page of the help.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Html">What follows the heading. It is made of the portal's own documents, whose HTML is not let through.</param>
/// <param name="Language">The language it is written in.</param>
internal sealed record HelpArticle(string Title, string Html, string Language);

/// <summary>
/// The help, made of the Markdown files that are part of the program. Links to other pages of the help lead to those within the portal;
/// links to files that are not part of it are plain text.
/// </summary>
internal sealed class HelpBook
{
    private const string Fallback = "en";
    private static readonly Assembly Program = typeof(HelpBook).Assembly;
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).DisableHtml().Build();

    private readonly ConcurrentDictionary<(string Language, string Topic), HelpArticle?> _made = new();

    /// <summary>A topic in the current language, or in English if it is written in English only; null if there is no such topic.</summary>
    public HelpArticle? Find(string topic) =>
        _made.TryGetValue((Languages.Current.Code, topic), out var text) ? text
        : HelpTopics.Topics.Contains(topic) || HelpTopics.Documents.Contains(topic)
            ? _made.GetOrAdd((Languages.Current.Code, topic), its => Make(its.Language, its.Topic))
            : null;

    /// <summary>The Markdown of a topic; null if it is not written in that language.</summary>
    internal static string? Read(string language, string topic)
    {
        using var stream = Program.GetManifestResourceStream($"help/{language}/{topic}.md")
            ?? (language == Fallback ? Program.GetManifestResourceStream($"help/{topic}.md") : null);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static HelpArticle? Make(string language, string topic)
    {
        var own = Read(language, topic);
        return (own ?? Read(Fallback, topic)) is { } text ? Make(text, topic, own is null ? Fallback : language) : null;
    }

    private static HelpArticle Make(string markdown, string topic, string language)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        var heading = document.OfType<HeadingBlock>().First();
        document.Remove(heading);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            Lead(link, topic);
        }

        // What is too wide can be scrolled, also by keyboard.
        foreach (var block in document.Descendants<CodeBlock>())
        {
            block.GetAttributes().AddPropertyIfNotExist("tabindex", "0");
        }

        return new HelpArticle(PlainOf(heading.Inline!), document.ToHtml(Pipeline), language);
    }

    private static void Lead(LinkInline link, string topic)
    {
        var address = link.IsImage ? null : HelpLink.Of(link.Url, topic);
        if (address is not null)
        {
            link.Url = address;
            return;
        }

        var words = new ContainerInline();
        foreach (var inline in link.ToList())
        {
            inline.Remove();
            words.AppendChild(inline);
        }

        link.ReplaceBy(words);
    }

    private static string PlainOf(ContainerInline inline) => string.Concat(
        inline.Descendants().Select(part => part is LiteralInline text ? text.Content.ToString() : (part as CodeInline)?.Content));
}
