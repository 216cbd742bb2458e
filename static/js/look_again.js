// A page that waits for a worker looks again by itself. Without scripts its link does the same.
setTimeout(() => location.reload(), 2000);
