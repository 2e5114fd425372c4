using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Efento.Portal.Tests.Architecture;

/// <summary>The names of types say what they do.</summary>
public sealed partial class NameTests
{
    [Fact]
    public void Types_NoneOfThem_EndsInAWordThatSaysNothing()
    {
        var names = typeof(Program).Assembly.GetTypes()
            .Where(type => !type.IsSubclassOf(typeof(Migration)))
            .Select(type => type.Name)
            .ToList();

        Assert.NotEmpty(names);
        Assert.DoesNotContain(names, name => SaysNothing().IsMatch(name));
    }

    [GeneratedRegex("(Desk|Scene|Keeper|Rest|Walk|Turn)$")]
    private static partial Regex SaysNothing();
}
