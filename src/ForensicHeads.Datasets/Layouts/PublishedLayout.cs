namespace ForensicHeads.Datasets.Layouts;

/// <summary>A data set of the field. Its rules are facts about its own files; none lets its people be generated from.</summary>
/// <param name="name">Its name.</param>
/// <param name="title">What the data set is called, the collection of its files.</param>
/// <param name="tree">What its tree looks like.</param>
/// <param name="terms">Its licence in a few words, where the user states none.</param>
public abstract class PublishedLayout(string name, string title, string tree, string terms) : IDatasetLayout
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public string Tree { get; } = tree;

    /// <summary>What the data set is called.</summary>
    protected string Title { get; } = title;

    /// <inheritdoc/>
    public abstract string? Recognise(DatasetTree tree);

    /// <inheritdoc/>
    public DatasetListing List(DatasetTree tree, string? licence)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var reading = new DatasetReading(tree, Title, licence ?? terms);
        Read(reading);
        return reading.Complete(Name, RoleOf);
    }

    /// <summary>Takes, refuses or puts aside the files that the data set's rules speak of.</summary>
    protected abstract void Read(DatasetReading reading);

    /// <summary>What the words of its parts mean.</summary>
    protected virtual SplitRole? RoleOf(string part) => DatasetWords.RoleOf(part);
}
