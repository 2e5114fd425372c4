using System.Text.Json;
using System.Xml.Linq;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.DependencyModel;

namespace Efento.Portal.Tests.Architecture;

/// <summary>docs/third-party-licences.md names every package; <c>node .ci/third-party-licences.mjs</c> writes it.</summary>
public sealed class LicenceTests
{
    private static readonly string List = RepositoryFiles.TextOf("docs/third-party-licences.md");

    [Fact]
    public void List_EachPackageThatAProjectMayUse_IsNamed()
    {
        var packages = XDocument.Parse(RepositoryFiles.TextOf("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(package => package.Attribute("Include")!.Value)
            .ToList();

        Assert.NotEmpty(packages);
        Assert.All(packages, name => Assert.Contains($"| {name} |", List));
    }

    /// <summary>Those included that come with others.</summary>
    [Fact]
    public void List_EachPackageBesideTheTests_IsNamedWithItsVersion()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{typeof(LicenceTests).Assembly.GetName().Name}.deps.json"));
        using var reader = new DependencyContextJsonReader();
        var packages = reader.Read(file).RuntimeLibraries
            .Where(
                library => library.Type == "package" && (library.RuntimeAssemblyGroups.Count > 0 || library.NativeLibraryGroups.Count > 0))
            .Select(library => (library.Name, library.Version))
            .ToList();

        Assert.NotEmpty(packages);
        Assert.All(packages, package => AssertNamed(package.Name, package.Version));
    }

    [Fact]
    public void List_EachPackageOfTheBrowsersSide_IsNamedWithItsVersion()
    {
        var manifest = JsonElement.Parse(RepositoryFiles.TextOf("wwwroot-assets/package.json"));
        var packages = manifest.GetProperty("dependencies")
            .EnumerateObject()
            .Concat(manifest.GetProperty("devDependencies").EnumerateObject())
            .ToList();

        Assert.NotEmpty(packages);
        Assert.All(packages, package => AssertInstalledNamed(package.Name, package.Value.GetString()!));
    }

    /// <summary>A package that is installed under another name has "npm:name@version" for its version.</summary>
    private static void AssertInstalledNamed(string name, string version)
    {
        var at = version.LastIndexOf('@');
        AssertNamed(at < 0 ? name : version["npm:".Length..at], version[(at + 1)..]);
    }

    private static void AssertNamed(string name, string version) => Assert.Contains($"| {name} | {version} |", List);
}
