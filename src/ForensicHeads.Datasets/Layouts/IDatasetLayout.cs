namespace ForensicHeads.Datasets.Layouts;

/// <summary>
/// How a data set lies on disk. To add one, write a class and name it in <see cref="DatasetLayouts.All"/>, or add it there from an assembly
/// of your own; <c>ingest --layout</c> asks that catalogue.
/// </summary>
public interface IDatasetLayout : INamed
{
    /// <summary>What its tree looks like, in a few words for the help.</summary>
    string Tree { get; }

    /// <summary>By which files it knows a tree as its own, in a few words; null where it does not.</summary>
    string? Recognise(DatasetTree tree) => null;

    /// <summary>Lists the files and what the data set says of each. Reads in place, and writes nothing below the root.</summary>
    /// <param name="tree">The files on disk.</param>
    /// <param name="licence">Licence of files for which the data set states none; null when unknown.</param>
    /// <exception cref="UserErrorException">Lists that cannot be understood, or nothing to read.</exception>
    DatasetListing List(DatasetTree tree, string? licence);
}
