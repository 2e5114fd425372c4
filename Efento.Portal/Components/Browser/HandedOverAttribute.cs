using System.Collections.Concurrent;
using System.Reflection;

namespace Efento.Portal.Components.Browser;

/// <summary>
/// Marks a field of an <see cref="AskingComponent"/> that <see cref="AskingComponent.LoadAsync"/> fills and the component shows. The
/// prerendered component hands its value over to the component in the circuit, so it must not change afterwards.
/// </summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class HandedOverAttribute : Attribute;

/// <summary>The fields that a component hands over.</summary>
internal static class HandedFields
{
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> Fields = new();

    /// <summary>Their values, to be given to <see cref="Fill"/>.</summary>
    public static IReadOnlyList<object?> Of(AskingComponent component) => [.. FieldsOf(component).Select(f => f.GetValue(component))];

    /// <summary>Gives them the values that another component of the same type had.</summary>
    public static void Fill(AskingComponent component, IReadOnlyList<object?> values)
    {
        foreach (var (field, value) in FieldsOf(component).Zip(values))
        {
            field.SetValue(component, value);
        }
    }

    private static FieldInfo[] FieldsOf(AskingComponent component) => Fields.GetOrAdd(component.GetType(), Find);

    private static FieldInfo[] Find(Type type) =>
    [
        .. type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Where(f => f.IsDefined(typeof(HandedOverAttribute))),
    ];
}
