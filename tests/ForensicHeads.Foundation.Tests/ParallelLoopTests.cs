namespace ForensicHeads.Foundation.Tests;

public sealed class ParallelLoopTests
{
    [Fact]
    public void Every_number_is_done_once()
    {
        var done = new int[1000];
        ParallelLoop.Run(done.Length, i => Interlocked.Increment(ref done[i]), TestContext.Current.CancellationToken);
        Assert.All(done, times => Assert.Equal(1, times));
        ParallelLoop.Run(0, _ => Assert.Fail("there is nothing to do"), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_user_error_comes_out_as_it_was_thrown_from_nested_loops_too()
    {
        var thrown = new UserErrorException("frame 7 is damaged; read it again", exitCode: 3);
        var caught = Assert.Throws<UserErrorException>(() =>
            ParallelLoop.Run(10, i => ParallelLoop.Run(10, j => Work(i + j)), TestContext.Current.CancellationToken));
        Assert.Same(thrown, caught);
        Assert.Contains(nameof(Work), caught.StackTrace, StringComparison.Ordinal);

        void Work(int i)
        {
            if (i == 7) throw thrown;
        }
    }

    [Fact]
    public void A_user_error_goes_before_other_errors_thrown_at_once()
    {
        // Whichever is noted first: both calls are under way before either fails.
        for (var user = 0; user < 2; user++)
        {
            var at = user;
            using var both = new Barrier(2);
            Assert.Throws<UserErrorException>(() => ParallelLoop.Run(2, i =>
            {
                var isMet = both.SignalAndWait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
                if (i == at || !isMet) throw new UserErrorException("mend this");
                throw new InvalidOperationException("a defect");
            }, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void Another_error_is_not_wrapped_and_cancellation_stays_itself()
    {
        Assert.Throws<InvalidDataException>(() =>
            ParallelLoop.Run(4, i => throw new InvalidDataException("x"), TestContext.Current.CancellationToken));
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => ParallelLoop.Run(1000, i => source.Cancel(), source.Token));
    }
}
