namespace ForensicHeads.Datasets.Layouts;

/// <summary>
/// How a data set lies on disk. To add one, write a class and name it in <see cref="DatasetLayouts.All"/>, or add it there from an assembly
/// of your own; <c>ingest --layout</c> asks that catalogue.
/// </summary>
public interface IDatasetLayout : INamed
{
    /// <summary>What its tree looks like, in a few words for the help.</summary>
    string Tree { get; }

    /// <summary>Lists the files and what the data set says of each. Reads in place, and writes nothing below the root.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="licence">Licence of files for which the data set states none; null when unknown.</param>
    /// <exception cref="UserErrorException">No such folder, lists that cannot be understood, or nothing to read.</exception>
    DatasetListing List(string root, string? licence);
}

/// <summary>What a data set holds.</summary>
/// <param name="Inputs">Files to read; the order plays no part.</param>
/// <param name="Rejected">Entries of its lists that cannot be followed.</param>
/// <param name="LeftOut">Files below the root that are not read because nothing says whom they show.</param>
public sealed record DatasetListing(
    IReadOnlyList<IngestInput> Inputs, IReadOnlyList<RejectedInput> Rejected, IReadOnlyList<LeftOutFile> LeftOut);

/// <summary>The catalogue of layouts.</summary>
public static class DatasetLayouts
{
    /// <summary>Every layout, in the order in which lists name them.</summary>
    public static Catalogue<IDatasetLayout> All { get; } = new("data-set layout", new FolderLayout());
}
