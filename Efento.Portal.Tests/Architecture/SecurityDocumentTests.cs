using System.Text.RegularExpressions;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Architecture;

/// <summary>docs/security.md names tests as proofs: they are there.</summary>
public sealed partial class SecurityDocumentTests
{
    [Fact]
    public void Document_EachTestItNames_IsThere()
    {
        var named = Named()
            .Matches(File.ReadAllText(RepositoryFiles.PathOf("docs/security.md")))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .ToList();
        var there = typeof(SecurityDocumentTests).Assembly
            .GetTypes()
            .SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet();

        Assert.NotEmpty(named);
        Assert.Equal([], named.Except(there));
    }

    [GeneratedRegex("`([A-Za-z]+Tests\\.[A-Za-z0-9_]+)`")]
    private static partial Regex Named();
}
