using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Efento.Portal.Tests.Texts;

/// <summary>What Razor components say comes from resource files: nothing that people read is written into them.</summary>
public sealed partial class HardCodedTextTests
{
    /// <summary>Parameters and attributes whose values nobody reads.</summary>
    private static readonly HashSet<string> Technical =
    [
        "Class", "Style", "Href", "Icon", "StartIcon", "EndIcon", "Policy", "Of", "Selector", "FormName", "Context", "OnClick", "Id",
        "InputId", "Target", "Address",
    ];

    /// <summary>Attributes of HTML that people read or hear.</summary>
    private static readonly HashSet<string> Read = ["title", "alt", "placeholder", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "label", "data-label"];

    /// <summary>Names and signs that are the same in every language.</summary>
    private static readonly string[] Names = ["Efento Portal", "dotnet run", "users reset <e-mail>", "proxy_set_header Host $http_host;", "X-Forwarded-Proto", "Portal:PublicAddress", "https://portal.example.com", "Host", "°C", "°F", "hPa", "inHg", "HTTPS", "SHA-256", "CSV", "PNG", "SVG", "Esc", "Shift"];

    [Fact]
    public void Components_SayNothing_ThatIsNotInResourceFiles() => Assert.Equal(
        [],
        from text in Found()
        select $"{text.Folder} {text.Component}: {text.Text}");

    private static IEnumerable<(string Folder, string Component, string Text)> Found()
    {
        using var module = ModuleDefinition.ReadModule(typeof(Program).Assembly.Location);
        const string root = "Efento.Portal.Components.";
        return
        [
            .. from type in module.Types
               where type.Namespace.StartsWith(root, StringComparison.Ordinal)
               from method in MethodsOf(type)
               where method.HasBody && method.Name.Contains("BuildRenderTree", StringComparison.Ordinal)
               from text in TextsOf(method.Body)
               where IsText(text)
               select (type.Namespace[root.Length..], type.Name, text),
        ];
    }

    private static IEnumerable<MethodDefinition> MethodsOf(TypeDefinition type) =>
        type.Methods.Concat(type.NestedTypes.SelectMany(MethodsOf));

    /// <summary>The literals a component gives its renderer as content or as a value that is read.</summary>
    private static IEnumerable<string> TextsOf(MethodBody body)
    {
        List<string> literals = [];
        foreach (var instruction in body.Instructions)
        {
            if (instruction.OpCode == OpCodes.Ldstr)
            {
                literals.Add((string)instruction.Operand);
            }
            else if (instruction.Operand is MethodReference { DeclaringType.Name: "RenderTreeBuilder" } call)
            {
                foreach (var text in TextsOf(call.Name, literals))
                {
                    yield return text;
                }

                literals.Clear();
            }
            else if (instruction.Operand is MethodReference { DeclaringType.Name: "TypeInference" })
            {
                // A generic component's parameters, handed over without their names: what is read begins with a capital.
                foreach (var text in literals.Where(literal => literal is [var first, ..] && char.IsUpper(first)))
                {
                    yield return text;
                }

                literals.Clear();
            }
        }
    }

    private static IEnumerable<string> TextsOf(string call, List<string> literals) => call switch
    {
        "AddContent" => literals,
        "AddMarkupContent" => literals.SelectMany(Markup),
        "AddAttribute" when literals is [var name, .. var values]
            && (Read.Contains(name) || char.IsUpper(name[0]))
            && !Technical.Contains(name) => values,
        "AddComponentParameter" when literals is [var name, .. var values]
            && (Read.Contains(name) || char.IsUpper(name[0]))
            && !Technical.Contains(name) => values,
        _ => [],
    };

    private static IEnumerable<string> Markup(string html) =>
    [
        System.Net.WebUtility.HtmlDecode(Tags().Replace(html, " ")),
        .. Attributes()
            .Matches(html)
            .Where(attribute => Read.Contains(attribute.Groups[1].Value))
            .Select(attribute => attribute.Groups[2].Value),
    ];

    // Icons are drawings in SVG.
    private static bool IsText(string text) =>
        !text.StartsWith("<path", StringComparison.Ordinal) && !text.StartsWith("<g>", StringComparison.Ordinal)
        && Word().IsMatch(Names.Aggregate(text, (rest, name) => rest.Replace(name, "", StringComparison.Ordinal)));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("([a-z-]+)=\"([^\"]*)\"")]
    private static partial Regex Attributes();

    [GeneratedRegex(@"\p{L}{2,}")]
    private static partial Regex Word();
}
