using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Efento.Portal.Texts.Generator;

/// <summary>
/// Makes a class from each <c>…Text.resx</c> of the portal, with a property for each text, or a method if the text has placeholders. With
/// it, a missing key or an unfilled placeholder is a compile error.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class TextClasses : IIncrementalGenerator
{
    private const string Fragment = "global::Microsoft.AspNetCore.Components.RenderFragment";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var project = context.AnalyzerConfigOptionsProvider.Select(
            (options, _) =>
                (Directory: Property(options.GlobalOptions, "ProjectDir"), Root: Property(options.GlobalOptions, "RootNamespace")));

        // `dotnet watch` passes each file twice.
        var once = context.AdditionalTextsProvider.Where(file => file.Path.EndsWith("Text.resx", StringComparison.Ordinal)).Collect()
            .SelectMany((all, _) => all.GroupBy(file => file.Path).Select(same => same.First()));
        var files = once.Combine(project)
            .Select(
                (file, cancellation) =>
                    TextFile.Of(file.Left.Path, file.Left.GetText(cancellation)!.ToString(), file.Right.Directory, file.Right.Root));
        context.RegisterSourceOutput(
            files, (output, file) => output.AddSource($"{file.Namespace}.{file.Name}.g.cs", SourceText.From(Write(file), Encoding.UTF8)));
    }

    private static string Property(Microsoft.CodeAnalysis.Diagnostics.AnalyzerConfigOptions options, string name) =>
        options.TryGetValue($"build_property.{name}", out var value) ? value : "";

    private static string Write(TextFile file)
    {
        var code = new StringBuilder();
        code.AppendLine("#nullable enable");
        code.AppendLine($"namespace {file.Namespace};");
        code.AppendLine($"internal static class {file.Name}");
        code.AppendLine("{");
        code.AppendLine(
            $"    internal static global::System.Resources.ResourceManager Resources {{ get; }} = new(\"{file.Namespace}.{file.Name}\", typeof({file.Name}).Assembly);");
        foreach (var (key, text) in file.Entries())
        {
            code.AppendLine(
                $"    /// <summary>{text.Replace("&", "&amp;").Replace("<", "&lt;").Replace("\n", " ").Replace("\r", "")}</summary>");
            code.AppendLine($"    internal static {Member(key, Slot.In(text))}");
        }

        return code.AppendLine("}").ToString();
    }

    private static string Member(string key, IReadOnlyList<Slot> slots)
    {
        if (slots.Count == 0)
        {
            return $"string {key} => global::Efento.Portal.Texts.Phrase.Of(Resources, \"{key}\");";
        }

        var parameters = string.Join(", ", slots.Select(slot => $"{TypeOf(slot.Kind)} {Escaped(slot.Name)}"));
        var arguments = string.Join(", ", slots.Select(slot => $"(\"{slot.Name}\", {Escaped(slot.Name)})"));
        return slots.Any(slot => slot.Kind is SlotKind.Markup)
            ? $"{Fragment} {key}({parameters}) => global::Efento.Portal.Components.Words.Markup.Of(Resources, \"{key}\", {arguments});"
            : $"string {key}({parameters}) => global::Efento.Portal.Texts.Phrase.Of(Resources, \"{key}\", {arguments});";
    }

    private static string TypeOf(SlotKind kind) => kind switch { SlotKind.Count => "long", SlotKind.Markup => Fragment, _ => "object?" };

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) is SyntaxKind.None ? name : "@" + name;
}
