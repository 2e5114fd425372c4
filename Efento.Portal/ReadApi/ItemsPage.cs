using System.Text.Json.Serialization;

namespace Efento.Portal.ReadApi;

/// <summary>A part of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">What to ask for as <c>after</c> to get the next part; null if there is none now.</param>
public sealed record ItemsPage<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Why a request was refused.</summary>
/// <param name="Error">In words.</param>
/// <param name="Parameter">The parameter that is wrong; null if none is.</param>
public sealed record ApiError(string Error, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Parameter = null);
