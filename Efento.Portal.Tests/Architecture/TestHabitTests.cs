using System.Reflection;
using System.Text.RegularExpressions;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Architecture;

/// <summary>What makes tests fail on some days or machines only, or take longer than they need.</summary>
public sealed partial class TestHabitTests
{
    [Fact]
    public void Elements_OfPages_AreFoundAndUsedInOneStep() => AssertNone(FoundThenUsed(), except: "Acting.cs");

    [Fact]
    public void Clocks_OfTests_BeginAtAFixedTime() => AssertNone(ClockOfToday());

    [Fact]
    public void Browser_TestsOfIt_AreInItsCategory()
    {
        var classes = typeof(TestHabitTests).Assembly
            .GetTypes()
            .Where(t => t.Namespace == typeof(Browser.Chromium).Namespace && t.Name.EndsWith("Tests", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(classes);
        Assert.All(
            classes, c =>
                Assert.Contains(
                    c.GetCustomAttributes<TraitAttribute>(), trait => (trait.Name, trait.Value) == (Category.Name, Category.Browser)));
    }

    private static void AssertNone(Regex habit, string? except = null)
    {
        var sources = Directory.GetFiles(RepositoryFiles.PathOf("Efento.Portal.Tests"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(sources);
        Assert.Empty(
            from path in sources
            where Path.GetFileName(path) != except
            from line in File.ReadLines(path)
            where habit.IsMatch(line)
            select $"{Path.GetFileName(path)}: {line.Trim()}");
    }

    [GeneratedRegex(@"\.(Find|FindAll|WaitForElement)\(.*\)(\[\w+\])?\.(Click|Change|Input|Submit)(Async)?\(")]
    private static partial Regex FoundThenUsed();

    [GeneratedRegex(@"FakeTimeProvider[^;]*(Some\.Now\(\)|UtcNow)")]
    private static partial Regex ClockOfToday();
}
