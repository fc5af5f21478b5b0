namespace ForensicHeads.Experiments.Tests.Cluster;

public class TaskRangesTests
{
    [Theory]
    [InlineData(new int[0], "")]
    [InlineData(new[] { 7 }, "7")]
    [InlineData(new[] { 3, 1, 2, 2 }, "1-3")]
    [InlineData(new[] { 1, 2, 5, 7, 8 }, "1-2,5,7-8")]
    public void Numbers_are_written_as_Slurm_reads_them(int[] tasks, string text) => Assert.Equal(text, TaskRanges.Text(tasks));

    [Fact]
    public void No_index_reaches_the_limit_and_every_task_is_in_one_array()
    {
        var chunks = TaskRanges.Chunks(Enumerable.Range(1, 2500), maxArraySize: 1001);
        Assert.Equal([(0, "1-1000"), (1000, "1-1000"), (2000, "1-500")], chunks.Select(one => (one.Offset, TaskRanges.Text(one.Indexes))));
        Assert.Equal(Enumerable.Range(1, 2500), chunks.SelectMany(one => one.Indexes.Select(index => one.Offset + index)));
    }

    [Fact]
    public void What_is_left_over_keeps_the_offsets_of_the_whole()
    {
        var chunks = TaskRanges.Chunks([3, 1000, 1001, 2400], maxArraySize: 1001);
        Assert.Equal([(0, "3,1000"), (1000, "1"), (2000, "400")], chunks.Select(one => (one.Offset, TaskRanges.Text(one.Indexes))));
        Assert.Equal([(0, "1"), (1, "1"), (2, "1")],
            TaskRanges.Chunks([1, 2, 3], maxArraySize: 2).Select(one => (one.Offset, TaskRanges.Text(one.Indexes))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Where_arrays_are_switched_off_it_says_so(int size) => Assert.StartsWith("This Slurm takes no job arrays",
        Assert.Throws<UserErrorException>(() => TaskRanges.Chunks([1], size)).Message, StringComparison.Ordinal);
}
