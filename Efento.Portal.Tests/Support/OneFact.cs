using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Support;

/// <summary>Copies of a record of the portal that differ from it in one fact each, however deep it lies; found by reflection.</summary>
internal static class OneFact
{
    /// <summary>The copies, each with the path of the property that differs.</summary>
    public static IEnumerable<(string Path, T Copy)> Variants<T>(T record)
        where T : class => Copies(record, typeof(T).Name).Select(copy => (copy.Path, (T)copy.Value!));

    private static IEnumerable<(string Path, object? Value)> Copies(object record, string path) =>
        from property in record.GetType().GetProperties()
        where property.CanWrite
        from other in Others(property.PropertyType, property.GetValue(record), $"{path}.{property.Name}")
        select (other.Path, With(record, property, other.Value));

    private static IEnumerable<(string Path, object? Value)> Others(Type type, object? value, string path) =>
        value is not null && IsPartOfThePortal(type) ? Copies(value, path)
        : value is IEnumerable and not string ? Lists(type.GetGenericArguments()[0], (IEnumerable)value, path)
        : [(path, Another(Nullable.GetUnderlyingType(type) ?? type, value))];

    /// <summary>A list without its items, and one for each fact of the first of them; of an empty one, a list that is not.</summary>
    private static IEnumerable<(string Path, object? Value)> Lists(Type type, IEnumerable list, string path)
    {
        var items = list.Cast<object>().ToArray();
        return items.Length == 0
            ? [($"{path} (an item)", ListOf(type, [Another(type, null)!]))]
            : Others(type, items[0], $"{path}[0]")
                .Select(other => (other.Path, ListOf(type, [other.Value!, .. items[1..]])))
                .Append(($"{path} (empty)", ListOf(type, [])));
    }

    private static object? ListOf(Type type, object[] items)
    {
        var array = Array.CreateInstance(type, items.Length);
        items.CopyTo(array, 0);
        return Activator.CreateInstance(
            typeof(ValueList<>).MakeGenericType(type), BindingFlags.Instance | BindingFlags.NonPublic, null, [array], null);
    }

    private static object? Another(Type type, object? value) => value switch
    {
        null when type == typeof(string) => "another",
        null => type.IsInterface ? Array.CreateInstance(type.GetGenericArguments()[0], 0) : RuntimeHelpers.GetUninitializedObject(type),
        string text => text + "x",
        bool yes => !yes,
        DateTimeOffset at => at.AddMinutes(1),
        Enum one => Enum.GetValues(type).Cast<object>().First(other => !other.Equals(one)),
        IConvertible number => Convert.ChangeType(number.ToDouble(null) + 1, type, null),
        _ => throw new NotSupportedException($"What is another {type}?"),
    };

    private static object With(object record, PropertyInfo property, object? value)
    {
        var copy = typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(record, null)!;
        property.SetValue(copy, value);
        return copy;
    }

    private static bool IsPartOfThePortal(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var real
        && real.Assembly == typeof(ValueList<>).Assembly && !real.IsEnum && !typeof(IEnumerable).IsAssignableFrom(real);
}
