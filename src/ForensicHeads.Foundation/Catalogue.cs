namespace ForensicHeads.Foundation;

/// <summary>Something that is chosen by its name.</summary>
public interface INamed
{
    /// <summary>Its name in files, options and tables; unique in its catalogue.</summary>
    string Name { get; }
}

/// <summary>The known things of one kind by name, in order; a name that is not known is an error that lists those that are.</summary>
/// <typeparam name="T">An entry.</typeparam>
/// <param name="what">What an entry is, for messages: "generator".</param>
/// <param name="entries">The entries that the toolkit comes with.</param>
public sealed class Catalogue<T>(string what, params IReadOnlyList<T> entries)
    where T : class, INamed
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, string> formerly = new(StringComparer.Ordinal);
    private volatile T[] all = [.. entries];

    /// <summary>Every entry, in the order of the list.</summary>
    public IReadOnlyList<T> All => all;

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Names => Array.ConvertAll(all, entry => entry.Name);

    /// <summary>Adds an entry of another assembly.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(T entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (gate)
        {
            if (Find(entry.Name) is not null) throw new ArgumentException($"There is a {what} '{entry.Name}' already.", nameof(entry));
            all = [.. all, entry];
        }
    }

    /// <summary>The same catalogue, in which an entry answers to a name that it had in older files, too.</summary>
    public Catalogue<T> Formerly(string older, string name)
    {
        formerly[older] = name;
        return this;
    }

    /// <summary>The entry of that name; null where there is none.</summary>
    public T? Find(string? name) =>
        name is null ? null : Array.Find(all, entry => entry.Name == name) ?? Find(formerly.GetValueOrDefault(name));

    /// <summary>The entry of that name.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public T ByName(string name) =>
        Find(name) ?? throw new UserErrorException(
            $"There is no {what} '{name}'; {(all.Length == 0 ? "none is known here" : $"choose from {string.Join(", ", Names)}")}."
            + NearestName.Suggestion(name, Names), 2);
}
