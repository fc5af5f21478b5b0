using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace ForensicHeads.Foundation;

/// <summary>Finds nulls in lists that may hold none: the reader of JSON minds members alone.</summary>
internal static class MissingParts
{
    private static readonly ConcurrentDictionary<Type, (PropertyInfo Property, bool MayHoldNulls)[]> Known = new();

    /// <summary>Where a document holds such a null, <c>rows[3]</c>; null for nowhere.</summary>
    public static string? In(object? value)
    {
        if (value is null || value.GetType().Namespace?.StartsWith("ForensicHeads", StringComparison.Ordinal) != true) return null;
        foreach (var (property, mayHoldNulls) in Known.GetOrAdd(value.GetType(), Lists))
        {
            var member = property.GetValue(value);
            if (member is not IEnumerable items || member is string)
            {
                if (In(member) is { } deeper) return $"{property.Name}.{deeper}";
                continue;
            }

            foreach (var (i, item) in items.Cast<object?>().Index())
            {
                if (item is null && !mayHoldNulls) return $"{property.Name}[{i}]";
                if (In(item) is { } deeper) return $"{property.Name}[{i}].{deeper}";
            }
        }

        return null;
    }

    private static (PropertyInfo, bool)[] Lists(Type type)
    {
        var context = new NullabilityInfoContext();
        return
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && property.GetIndexParameters().Length == 0)
                .Select(property =>
                (property, context.Create(property).GenericTypeArguments.Any(argument => argument.ReadState == NullabilityState.Nullable))),
        ];
    }
}
