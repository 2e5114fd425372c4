using System.Text.RegularExpressions;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Architecture;

/// <summary>
/// Every change asks for an <see cref="Efento.Portal.Access.Actor"/>, and pages get one by asking for a policy: so no message of a
/// circuit, forged or not, comes past it.
/// </summary>
public sealed partial class ActionTests
{
    /// <summary>Where an actor may be made otherwise, and why. Whoever adds one here answers for it.</summary>
    private static readonly string[] Reviewed =
    [
        // The policy itself.
        "People/CurrentPerson.cs",

        // Ends the session it was asked with; the route names its policy.
        "People/PeopleEndpoints.cs",

        // Before there is anybody: it asks for the code of the link.
        "Pages/Account/SetupPage.razor.cs",
    ];

    [Fact]
    public void Actors_OfPages_AreMadeByTheirPolicyAlone() =>
        Assert.Equal(
            Reviewed.Order(StringComparer.Ordinal),
            from file in Sources() where Actor().IsMatch(file.Text) orderby file.Name select file.Name);

    [Fact]
    public void Actions_OfAdminPages_AreForAdministrators()
    {
        var policies = (
            from file in Sources()
            where file.Name.StartsWith(
                "Pages/Admin/",
                StringComparison.Ordinal)
            from Match asked in Required().Matches(file.Text)
            select asked.Groups[1].Value).ToList();

        Assert.NotEmpty(policies);
        Assert.All(policies, policy => Assert.Equal("Policies.Administer", policy));
    }

    [GeneratedRegex(@"\bnew Actor\(|\bActor\.(Portal|Command)\b")]
    private static partial Regex Actor();

    [GeneratedRegex(@"\.(?:TryAsync|TryAllAsync)\(\s*(Policies\.\w+|[^,)]*)")]
    private static partial Regex Required();

    private static IEnumerable<(string Name, string Text)> Sources()
    {
        var root = RepositoryFiles.PathOf("Efento.Portal/Components");
        return from path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
               where path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal)
               select (Path.GetRelativePath(root, path).Replace('\\', '/'), File.ReadAllText(path));
    }
}
